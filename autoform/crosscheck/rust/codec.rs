//! How a compiled crate of originals is asked, and how values travel in and out of it.
//!
//! A request is one line, a JSON string: `"MODULE FUNCTION SECONDS|CALL|CALL…"`; the answer is one
//! line, a JSON string with a cell for each call. Arguments and results are words, separated by
//! blanks; the types on both sides say how many and what they mean. Nothing here has a crate
//! beside the standard library, and nothing of a user's text is in it.
//!
//! A cell is `R result finals…` (returned), `P message` (panicked), `X` (there is no such value,
//! as an array of another length), `L` (the result is too large), or `B` (a word that cannot be
//! read, which is a defect of autoform).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::fmt::Write as _;
use std::fs::File;
use std::hash::Hash;
use std::io::{BufRead, Write as _};
use std::os::fd::FromRawFd;
use std::panic::{catch_unwind, panic_any, set_hook, AssertUnwindSafe};
use std::sync::Mutex;

const MOST_WORDS: usize = 100_000;
const STACK_BYTES: usize = 64 << 20;
const LONGEST_MESSAGE: usize = 2_000;

/// What a wrapper throws when an argument or a result cannot be told.
enum Trouble {
    NoCounterpart,
    TooLarge,
    BadWord,
}

pub struct Reader<'a> {
    words: std::str::SplitAsciiWhitespace<'a>,
}

impl<'a> Reader<'a> {
    fn word(&mut self) -> &'a str {
        match self.words.next() {
            Some(word) => word,
            None => panic_any(Trouble::BadWord),
        }
    }

    fn parsed<T: std::str::FromStr>(&mut self) -> T {
        match self.word().parse() {
            Ok(value) => value,
            Err(_) => panic_any(Trouble::BadWord),
        }
    }

    pub fn count(&mut self) -> usize {
        self.parsed()
    }
}

pub struct Writer {
    text: String,
    words: usize,
}

impl Writer {
    pub fn word(&mut self, word: impl std::fmt::Display) {
        self.words += 1;
        if self.words > MOST_WORDS {
            panic_any(Trouble::TooLarge);
        }
        let _ = write!(self.text, " {word}");
    }
}

/// A value that can be made of words. Borrowed ones are made once and never freed.
pub trait Decode: Sized {
    fn decode(reader: &mut Reader) -> Self;
}

/// A value that can be told in words.
pub trait Encode {
    fn encode(&self, writer: &mut Writer);
}

pub fn read<T: Decode>(reader: &mut Reader) -> T {
    T::decode(reader)
}

pub fn write<T: Encode + ?Sized>(value: &T, writer: &mut Writer) {
    value.encode(writer);
}

pub fn unknown_variant() -> ! {
    panic_any(Trouble::BadWord)
}

// ── Scalars ───────────────────────────────────────────────────────────────────────────────────

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Decode for $type {
            fn decode(reader: &mut Reader) -> Self {
                reader.parsed()
            }
        }
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.word(self);
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl Decode for bool {
    fn decode(reader: &mut Reader) -> Self {
        reader.word() == "1"
    }
}

impl Encode for bool {
    fn encode(&self, writer: &mut Writer) {
        writer.word(u8::from(*self));
    }
}

impl Decode for char {
    fn decode(reader: &mut Reader) -> Self {
        match char::from_u32(reader.parsed()) {
            Some(letter) => letter,
            None => panic_any(Trouble::NoCounterpart),
        }
    }
}

impl Encode for char {
    fn encode(&self, writer: &mut Writer) {
        writer.word(u32::from(*self));
    }
}

impl Decode for f64 {
    fn decode(reader: &mut Reader) -> Self {
        f64::from_bits(reader.parsed())
    }
}

impl Encode for f64 {
    fn encode(&self, writer: &mut Writer) {
        writer.word(self.to_bits());
    }
}

impl Decode for () {
    fn decode(_reader: &mut Reader) -> Self {}
}

impl Encode for () {
    fn encode(&self, _writer: &mut Writer) {}
}

/// `s` and the bytes in hexadecimal, so that the empty text is a word, too.
impl Decode for String {
    fn decode(reader: &mut Reader) -> Self {
        let digits = &reader.word()[1..];
        let bytes = (0..digits.len() / 2)
            .map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap_or(0xff))
            .collect();
        match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => panic_any(Trouble::BadWord),
        }
    }
}

impl Encode for str {
    fn encode(&self, writer: &mut Writer) {
        let mut word = String::from("s");
        for byte in self.bytes() {
            let _ = write!(word, "{byte:02x}");
        }
        writer.words += self.len() / 16;
        writer.word(word);
    }
}

impl Encode for String {
    fn encode(&self, writer: &mut Writer) {
        self.as_str().encode(writer);
    }
}

// ── References ────────────────────────────────────────────────────────────────────────────────

impl<T: Decode> Decode for &'static T {
    fn decode(reader: &mut Reader) -> Self {
        Box::leak(Box::new(T::decode(reader)))
    }
}

impl<T: Decode> Decode for &'static mut T {
    fn decode(reader: &mut Reader) -> Self {
        Box::leak(Box::new(T::decode(reader)))
    }
}

impl<T: Decode> Decode for &'static [T] {
    fn decode(reader: &mut Reader) -> Self {
        Vec::decode(reader).leak()
    }
}

impl<T: Decode> Decode for &'static mut [T] {
    fn decode(reader: &mut Reader) -> Self {
        Vec::decode(reader).leak()
    }
}

impl Decode for &'static str {
    fn decode(reader: &mut Reader) -> Self {
        String::decode(reader).leak()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader) -> Self {
        Box::new(T::decode(reader))
    }
}

impl<T: Decode> Decode for Box<[T]> {
    fn decode(reader: &mut Reader) -> Self {
        Vec::decode(reader).into_boxed_slice()
    }
}

macro_rules! pointers {
    ($($type:ty)*) => {$(
        impl<T: Encode + ?Sized> Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                (**self).encode(writer);
            }
        }
    )*};
}

pointers!(&T &mut T Box<T>);

// ── Collections ───────────────────────────────────────────────────────────────────────────────

fn decode_all<T: Decode, C: FromIterator<T>>(reader: &mut Reader) -> C {
    let count = reader.count();
    (0..count).map(|_| T::decode(reader)).collect()
}

fn encode_all<'a, T: Encode + 'a>(items: impl ExactSizeIterator<Item = &'a T>, to: &mut Writer) {
    to.word(items.len());
    for item in items {
        item.encode(to);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, writer: &mut Writer) {
        encode_all(self.iter(), writer);
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, writer: &mut Writer) {
        encode_all(self.iter(), writer);
    }
}

impl<T: Decode, const N: usize> Decode for [T; N] {
    fn decode(reader: &mut Reader) -> Self {
        match Vec::decode(reader).try_into() {
            Ok(array) => array,
            Err(_) => panic_any(Trouble::NoCounterpart),
        }
    }
}

macro_rules! collections {
    ($($type:ident: $($bound:ident)*;)*) => {$(
        impl<T: Decode $(+ $bound)*> Decode for $type<T> {
            fn decode(reader: &mut Reader) -> Self {
                decode_all(reader)
            }
        }
        impl<T: Encode> Encode for $type<T> {
            fn encode(&self, writer: &mut Writer) {
                encode_all(self.iter(), writer);
            }
        }
    )*};
}

collections! {
    Vec: ;
    VecDeque: ;
    LinkedList: ;
    BTreeSet: Ord;
    HashSet: Eq Hash;
}

macro_rules! maps {
    ($($type:ident: $($bound:ident)*;)*) => {$(
        impl<K: Decode $(+ $bound)*, V: Decode> Decode for $type<K, V> {
            fn decode(reader: &mut Reader) -> Self {
                let count = reader.count();
                (0..count).map(|_| (K::decode(reader), V::decode(reader))).collect()
            }
        }
        impl<K: Encode, V: Encode> Encode for $type<K, V> {
            fn encode(&self, writer: &mut Writer) {
                writer.word(self.len());
                for (key, value) in self {
                    key.encode(writer);
                    value.encode(writer);
                }
            }
        }
    )*};
}

maps! {
    BTreeMap: Ord;
    HashMap: Eq Hash;
}

// ── Sums and products ─────────────────────────────────────────────────────────────────────────

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader) -> Self {
        match reader.word() {
            "1" => Some(T::decode(reader)),
            _ => None,
        }
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => {
                writer.word(1);
                value.encode(writer);
            }
            None => writer.word(0),
        }
    }
}

impl<T: Decode, E: Decode> Decode for Result<T, E> {
    fn decode(reader: &mut Reader) -> Self {
        match reader.word() {
            "1" => Ok(T::decode(reader)),
            _ => Err(E::decode(reader)),
        }
    }
}

impl<T: Encode, E: Encode> Encode for Result<T, E> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Ok(value) => {
                writer.word(1);
                value.encode(writer);
            }
            Err(error) => {
                writer.word(0);
                error.encode(writer);
            }
        }
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<$($name: Decode),*> Decode for ($($name,)*) {
            fn decode(reader: &mut Reader) -> Self {
                ($($name::decode(reader),)*)
            }
        }
        impl<$($name: Encode),*> Encode for ($($name,)*) {
            #[allow(non_snake_case)]
            fn encode(&self, writer: &mut Writer) {
                let ($($name,)*) = self;
                $($name.encode(writer);)*
            }
        }
    )*};
}

tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }

impl<T: Encode> Encode for std::cmp::Reverse<T> {
    fn encode(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }
}

/// As the place among the variants, like every other enum.
impl Encode for std::cmp::Ordering {
    fn encode(&self, writer: &mut Writer) {
        writer.word(*self as i8 + 1);
    }
}

impl Decode for std::cmp::Ordering {
    fn decode(reader: &mut Reader) -> Self {
        reader.parsed::<i8>().cmp(&1)
    }
}

// ── Limits of one call ────────────────────────────────────────────────────────────────────────

extern "C" {
    fn setitimer(which: i32, new: *const [[i64; 2]; 2], old: *mut [[i64; 2]; 2]) -> i32;
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    fn _exit(status: i32) -> !;
    #[link_name = "write"]
    fn write_bytes(descriptor: i32, bytes: *const u8, count: usize) -> isize;
    fn dup(descriptor: i32) -> i32;
    fn dup2(old: i32, new: i32) -> i32;
}

const ITIMER_PROF: i32 = 2;
const SIGPROF: i32 = 27;
const OUT_OF_TIME: &[u8] = b"autoform: out of time\n";

/// A call cannot be stopped from inside, so the process ends, and its owner starts another.
extern "C" fn end_process(_signal: i32) {
    unsafe {
        write_bytes(2, OUT_OF_TIME.as_ptr(), OUT_OF_TIME.len());
        _exit(75);
    }
}

/// Ends the process after so much CPU time; with 0, never.
fn set_timer(milliseconds: i64) {
    let after = [milliseconds / 1000, milliseconds % 1000 * 1000];
    unsafe {
        setitimer(ITIMER_PROF, &[[0, 0], after], std::ptr::null_mut());
    }
}

// ── The service ───────────────────────────────────────────────────────────────────────────────

/// A wrapper: reads the arguments, calls, writes the result and what inout parameters became.
pub type Call = fn(&mut Reader, &mut Writer);

static MESSAGE: Mutex<String> = Mutex::new(String::new());

/// Answers requests until the other side closes the pipe.
pub fn serve(modules: &'static [&'static [Call]]) {
    set_hook(Box::new(|info| {
        let payload = info.payload();
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("");
        let cut = text.chars().take(LONGEST_MESSAGE).collect();
        *MESSAGE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = cut;
    }));
    unsafe {
        signal(SIGPROF, end_process);
    }
    // What a user's function prints must not be taken for an answer.
    let answers = unsafe {
        let kept = File::from_raw_fd(dup(1));
        dup2(2, 1);
        kept
    };
    let service = std::thread::Builder::new()
        .name("call".to_string())
        .stack_size(STACK_BYTES)
        .spawn(move || answer_all(modules, answers));
    let _ = service.map(std::thread::JoinHandle::join);
}

fn answer_all(modules: &[&[Call]], mut answers: File) {
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let mut cells = line.trim().trim_matches('"').split('|');
        let mut head = cells.next().unwrap_or("").split(' ').map(|word| word.parse::<usize>());
        let mut number = || head.next().and_then(Result::ok).unwrap_or(usize::MAX);
        let (module, function, milliseconds) = (number(), number(), number());
        let call = modules.get(module).and_then(|calls| calls.get(function));
        let mut answer = String::from("\"");
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                answer.push('|');
            }
            match call {
                Some(call) => answer_one(*call, cell, milliseconds as i64, &mut answer),
                None => answer.push('B'),
            }
        }
        answer.push_str("\"\n");
        if answers.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn answer_one(call: Call, cell: &str, milliseconds: i64, answer: &mut String) {
    let mut writer = Writer { text: String::new(), words: 0 };
    set_timer(milliseconds);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut reader = Reader { words: cell.split_ascii_whitespace() };
        call(&mut reader, &mut writer);
    }));
    set_timer(0);
    match outcome.map_err(|payload| payload.downcast::<Trouble>().ok().map(|found| *found)) {
        Ok(()) => {
            answer.push('R');
            answer.push_str(&writer.text);
        }
        Err(Some(Trouble::NoCounterpart)) => answer.push('X'),
        Err(Some(Trouble::TooLarge)) => answer.push('L'),
        Err(Some(Trouble::BadWord)) => answer.push('B'),
        Err(None) => {
            let message = MESSAGE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            let mut told = Writer { text: String::new(), words: 0 };
            message.as_str().encode(&mut told);
            answer.push('P');
            answer.push_str(&told.text);
        }
    }
}

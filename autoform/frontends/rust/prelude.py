"""The library that the subset knows: signatures in Rust's own syntax, read once.

References are left out, as everywhere in inference: `Seq` is `Vec`, slices and arrays, `Str` is
`String` and `str`, `Iter<T>` whatever iterates, `Self` the type of the receiver. What each
function means stands in `autoform.frontends.rust.library`, under the same names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from autoform.frontends.rust import tree
from autoform.frontends.rust.read_items import read_function
from autoform.frontends.rust.reader import Reader, meaningful
from autoform.frontends.rust.types import (
    BOOL,
    CHAR,
    OPAQUE,
    ORDERING,
    PRIMITIVES,
    RANGE_FULL,
    STR,
    UNIT,
    Con,
    Ty,
)
from autoform.frontends.syntax import parse
from autoform.source import SourceFile

SIGNATURES: Final = """
impl Any {
    fn clone(&self) -> Self; fn to_owned(&self) -> Self; fn borrow(&self) -> Self;
    fn as_ref(&self) -> Self; fn cloned(&self) -> Self; fn copied(&self) -> Self;
    fn as_mut(&mut self) -> Self; fn by_ref(&mut self) -> Self;
    fn cmp(&self, other: Self) -> Ordering; fn partial_cmp(&self, other: Self) -> Option<Ordering>;
    fn max(self, other: Self) -> Self; fn min(self, other: Self) -> Self;
    fn clamp(self, low: Self, high: Self) -> Self;
    fn eq(&self, other: Self) -> bool; fn ne(&self, other: Self) -> bool;
    fn lt(&self, other: Self) -> bool; fn le(&self, other: Self) -> bool;
    fn gt(&self, other: Self) -> bool; fn ge(&self, other: Self) -> bool;
    fn into<U>(self) -> U; fn try_into<U>(self) -> Result<U, Opaque>;
}
impl Int {
    fn pow(self, exponent: u32) -> Self; fn abs(self) -> Self; fn signum(self) -> Self;
    fn rem_euclid(self, other: Self) -> Self; fn div_euclid(self, other: Self) -> Self;
    fn isqrt(self) -> Self; fn ilog2(self) -> u32; fn ilog10(self) -> u32;
    fn abs_diff(self, other: Self) -> Unsigned; fn unsigned_abs(self) -> Unsigned;
    fn count_ones(self) -> u32; fn count_zeros(self) -> u32; fn leading_zeros(self) -> u32;
    fn trailing_zeros(self) -> u32; fn is_power_of_two(self) -> bool;
    fn is_multiple_of(self, other: Self) -> bool; fn div_ceil(self, other: Self) -> Self;
    fn is_positive(self) -> bool; fn is_negative(self) -> bool;
    fn rotate_left(self, by: u32) -> Self; fn rotate_right(self, by: u32) -> Self;
    fn wrapping_add(self, other: Self) -> Self; fn wrapping_sub(self, other: Self) -> Self;
    fn wrapping_mul(self, other: Self) -> Self; fn wrapping_neg(self) -> Self;
    fn saturating_neg(self) -> Self; fn wrapping_abs(self) -> Self; fn saturating_abs(self) -> Self;
    fn overflowing_abs(self) -> (Self, bool); fn overflowing_neg(self) -> (Self, bool);
    fn wrapping_div(self, other: Self) -> Self; fn wrapping_rem(self, other: Self) -> Self;
    fn wrapping_div_euclid(self, other: Self) -> Self;
    fn wrapping_rem_euclid(self, other: Self) -> Self;
    fn overflowing_div(self, other: Self) -> (Self, bool);
    fn overflowing_rem(self, other: Self) -> (Self, bool);
    fn overflowing_div_euclid(self, other: Self) -> (Self, bool);
    fn overflowing_rem_euclid(self, other: Self) -> (Self, bool);
    fn saturating_div(self, other: Self) -> Self;
    fn checked_div_euclid(self, other: Self) -> Option<Self>;
    fn checked_rem_euclid(self, other: Self) -> Option<Self>;
    fn checked_shl(self, by: u32) -> Option<Self>; fn checked_shr(self, by: u32) -> Option<Self>;
    fn overflowing_shl(self, by: u32) -> (Self, bool);
    fn overflowing_shr(self, by: u32) -> (Self, bool);
    fn leading_ones(self) -> u32; fn trailing_ones(self) -> u32;
    fn checked_next_power_of_two(self) -> Option<Self>;
    fn next_multiple_of(self, other: Self) -> Self;
    fn checked_add_signed(self, other: Signed) -> Option<Self>;
    fn saturating_add_signed(self, other: Signed) -> Self;
    fn is_ascii_control(&self) -> bool; fn is_ascii_graphic(&self) -> bool;
    fn is_ascii_hexdigit(&self) -> bool;
    fn wrapping_pow(self, exponent: u32) -> Self; fn wrapping_shl(self, by: u32) -> Self;
    fn wrapping_shr(self, by: u32) -> Self; fn wrapping_add_signed(self, other: Signed) -> Self;
    fn checked_add(self, other: Self) -> Option<Self>;
    fn checked_sub(self, other: Self) -> Option<Self>;
    fn checked_mul(self, other: Self) -> Option<Self>;
    fn checked_div(self, other: Self) -> Option<Self>;
    fn checked_rem(self, other: Self) -> Option<Self>;
    fn checked_pow(self, exponent: u32) -> Option<Self>;
    fn checked_neg(self) -> Option<Self>; fn checked_abs(self) -> Option<Self>;
    fn saturating_add(self, other: Self) -> Self; fn saturating_sub(self, other: Self) -> Self;
    fn saturating_mul(self, other: Self) -> Self; fn saturating_pow(self, exponent: u32) -> Self;
    fn overflowing_add(self, other: Self) -> (Self, bool);
    fn overflowing_sub(self, other: Self) -> (Self, bool);
    fn overflowing_mul(self, other: Self) -> (Self, bool);
    fn is_ascii_digit(&self) -> bool; fn is_ascii_alphabetic(&self) -> bool;
    fn is_ascii_alphanumeric(&self) -> bool; fn is_ascii_uppercase(&self) -> bool;
    fn is_ascii_lowercase(&self) -> bool; fn is_ascii_punctuation(&self) -> bool;
    fn is_ascii_whitespace(&self) -> bool; fn is_ascii(&self) -> bool;
    fn to_ascii_uppercase(&self) -> Self; fn to_ascii_lowercase(&self) -> Self;
    fn eq_ignore_ascii_case(&self, other: Self) -> bool;
    fn to_string(&self) -> Str; fn to_be_bytes(self) -> Seq<u8>; fn to_le_bytes(self) -> Seq<u8>;
    fn from_be_bytes(bytes: Seq<u8>) -> Self; fn from_le_bytes(bytes: Seq<u8>) -> Self;
    fn swap_bytes(self) -> Self; fn next_power_of_two(self) -> Self;
    fn from_str_radix(text: Str, radix: u32) -> Result<Self, Opaque>;
    fn from<A>(value: A) -> Self; fn try_from<A>(value: A) -> Result<Self, Opaque>;
    fn default() -> Self; fn max_value() -> Self; fn min_value() -> Self;
}
impl Float {
    fn sqrt(self) -> f64; fn abs(self) -> f64; fn floor(self) -> f64; fn ceil(self) -> f64;
    fn round(self) -> f64; fn trunc(self) -> f64; fn fract(self) -> f64;
    fn powf(self, e: f64) -> f64;
    fn powi(self, e: i32) -> f64; fn sin(self) -> f64; fn cos(self) -> f64; fn tan(self) -> f64;
    fn atan(self) -> f64; fn atan2(self, x: f64) -> f64; fn tanh(self) -> f64;
    fn ln(self) -> f64; fn log2(self) -> f64; fn log10(self) -> f64; fn recip(self) -> f64;
    fn max(self, other: f64) -> f64; fn min(self, other: f64) -> f64; fn signum(self) -> f64;
    fn is_nan(self) -> bool; fn is_finite(self) -> bool; fn is_infinite(self) -> bool;
    fn to_degrees(self) -> f64; fn to_radians(self) -> f64;
    fn clamp(self, low: f64, high: f64) -> f64; fn rem_euclid(self, other: f64) -> f64;
    fn is_sign_negative(self) -> bool; fn is_sign_positive(self) -> bool;
    fn mul_add(self, a: f64, b: f64) -> f64; fn hypot(self, other: f64) -> f64;
    fn from<A>(value: A) -> f64; fn default() -> f64;
}
impl Bool { fn then_some<T>(self, value: T) -> Option<T>;
    fn then<T>(self, f: fn() -> T) -> Option<T>;
    fn not(self) -> bool; fn to_string(&self) -> Str; fn default() -> bool; }
impl Char {
    fn is_alphabetic(self) -> bool; fn is_numeric(self) -> bool; fn is_alphanumeric(self) -> bool;
    fn is_whitespace(self) -> bool; fn is_uppercase(self) -> bool; fn is_lowercase(self) -> bool;
    fn is_ascii(&self) -> bool; fn is_ascii_alphabetic(&self) -> bool;
    fn is_ascii_digit(&self) -> bool;
    fn is_ascii_alphanumeric(&self) -> bool; fn is_ascii_uppercase(&self) -> bool;
    fn is_ascii_lowercase(&self) -> bool; fn is_ascii_punctuation(&self) -> bool;
    fn is_ascii_whitespace(&self) -> bool; fn is_ascii_hexdigit(&self) -> bool;
    fn to_ascii_uppercase(&self) -> char; fn to_ascii_lowercase(&self) -> char;
    fn eq_ignore_ascii_case(&self, other: char) -> bool;
    fn to_digit(self, radix: u32) -> Option<u32>; fn is_digit(self, radix: u32) -> bool;
    fn to_uppercase(self) -> Iter<char>; fn to_lowercase(self) -> Iter<char>;
    fn to_string(&self) -> Str; fn len_utf8(self) -> usize; fn from<A>(value: A) -> char;
    fn from_u32(code: u32) -> Option<char>; fn from_digit(digit: u32, radix: u32) -> Option<char>;
}
impl Str {
    fn new() -> Str; fn with_capacity(n: usize) -> Str; fn from<A>(value: A) -> Str;
    fn default() -> Str; fn from_utf8(bytes: Seq<u8>) -> Result<Str, Opaque>;
    fn len(&self) -> usize; fn is_empty(&self) -> bool; fn chars(&self) -> Iter<char>;
    fn bytes(&self) -> Iter<u8>; fn as_bytes(&self) -> Seq<u8>; fn into_bytes(self) -> Seq<u8>;
    fn to_string(&self) -> Str; fn as_str(&self) -> Str; fn to_vec(&self) -> Str;
    fn char_indices(&self) -> Iter<(usize, char)>; fn into_boxed_str(self) -> Str;
    fn push(&mut self, c: char); fn push_str(&mut self, s: Str); fn clear(&mut self);
    fn pop(&mut self) -> Option<char>; fn repeat(&self, n: usize) -> Str;
    fn contains<P>(&self, pattern: P) -> bool; fn starts_with<P>(&self, pattern: P) -> bool;
    fn ends_with<P>(&self, pattern: P) -> bool; fn replace<P>(&self, from: P, to: Str) -> Str;
    fn split<P>(&self, separator: P) -> Iter<Str>; fn concat(&self) -> Str;
    fn to_ascii_uppercase(&self) -> Str; fn to_ascii_lowercase(&self) -> Str;
    fn eq_ignore_ascii_case(&self, other: Str) -> bool; fn is_ascii(&self) -> bool;
    fn trim_matches<A>(&self, of: A) -> Str; fn trim_start_matches<A>(&self, of: A) -> Str;
    fn trim_end_matches<A>(&self, of: A) -> Str;
    fn trim(&self) -> Str; fn trim_start(&self) -> Str; fn trim_end(&self) -> Str;
    fn split_whitespace(&self) -> Iter<Str>; fn lines(&self) -> Iter<Str>;
    fn to_uppercase(&self) -> Str; fn to_lowercase(&self) -> Str;
    fn parse<T>(&self) -> Result<T, Opaque>; fn extend(&mut self, items: Into<char>);
    fn insert(&mut self, at: usize, c: char); fn truncate(&mut self, n: usize);
    fn strip_prefix(&self, prefix: Str) -> Option<Str>;
    fn strip_suffix(&self, suffix: Str) -> Option<Str>;
}
impl<T> Seq<T> {
    fn new() -> Seq<T>; fn with_capacity(n: usize) -> Seq<T>; fn from<A>(value: A) -> Seq<T>;
    fn default() -> Seq<T>; fn len(&self) -> usize; fn is_empty(&self) -> bool;
    fn push(&mut self, value: T); fn pop(&mut self) -> Option<T>; fn clear(&mut self);
    fn insert(&mut self, at: usize, value: T); fn remove(&mut self, at: usize) -> T;
    fn swap_remove(&mut self, at: usize) -> T; fn truncate(&mut self, n: usize);
    fn resize(&mut self, n: usize, value: T); fn extend(&mut self, items: Into<T>);
    fn extend_from_slice(&mut self, items: Seq<T>); fn append(&mut self, other: &mut Seq<T>);
    fn swap(&mut self, a: usize, b: usize); fn reverse(&mut self); fn fill(&mut self, value: T);
    fn sort(&mut self); fn sort_unstable(&mut self); fn dedup(&mut self);
    fn sort_by(&mut self, f: fn(T, T) -> Ordering);
    fn sort_unstable_by(&mut self, f: fn(T, T) -> Ordering);
    fn sort_by_key<K>(&mut self, f: fn(T) -> K);
    fn sort_unstable_by_key<K>(&mut self, f: fn(T) -> K);
    fn retain(&mut self, f: fn(T) -> bool); fn split_off(&mut self, at: usize) -> Seq<T>;
    fn drain<R>(&mut self, range: R) -> Iter<T>; fn copy_from_slice(&mut self, other: Seq<T>);
    fn clone_from_slice(&mut self, other: Seq<T>); fn rotate_left(&mut self, n: usize);
    fn rotate_right(&mut self, n: usize); fn reserve(&mut self, n: usize);
    fn shrink_to_fit(&mut self);
    fn iter(&self) -> Iter<T>; fn into_iter(self) -> Iter<T>;
    fn iter_mut(&mut self) -> Iter<&mut T>;
    fn get(&self, at: usize) -> Option<T>; fn get_mut(&mut self, at: usize) -> Option<&mut T>;
    fn first(&self) -> Option<T>; fn last(&self) -> Option<T>;
    fn first_mut(&mut self) -> Option<&mut T>; fn last_mut(&mut self) -> Option<&mut T>;
    fn contains(&self, value: T) -> bool; fn to_vec(&self) -> Seq<T>; fn into_vec(self) -> Seq<T>;
    fn as_slice(&self) -> Seq<T>; fn as_mut_slice(&mut self) -> &mut Seq<T>;
    fn into_boxed_slice(self) -> Seq<T>;
    fn windows(&self, n: usize) -> Iter<Seq<T>>; fn chunks(&self, n: usize) -> Iter<Seq<T>>;
    fn chunks_exact(&self, n: usize) -> Iter<Seq<T>>;
    fn split_at(&self, at: usize) -> (Seq<T>, Seq<T>); fn concat<U>(&self) -> U;
    fn join(&self, separator: Str) -> Str; fn repeat(&self, n: usize) -> Seq<T>;
    fn starts_with(&self, other: Seq<T>) -> bool; fn ends_with(&self, other: Seq<T>) -> bool;
    fn is_sorted(&self) -> bool; fn split_first(&self) -> Option<(T, Seq<T>)>;
    fn split_last(&self) -> Option<(T, Seq<T>)>; fn map<U>(self, f: fn(T) -> U) -> Seq<U>;
    fn is_ascii(&self) -> bool;
}
impl<T> VecDeque<T> {
    fn new() -> VecDeque<T>; fn with_capacity(n: usize) -> VecDeque<T>;
    fn default() -> VecDeque<T>;
    fn from<A>(value: A) -> VecDeque<T>; fn len(&self) -> usize; fn is_empty(&self) -> bool;
    fn push_back(&mut self, value: T); fn push_front(&mut self, value: T); fn clear(&mut self);
    fn pop_back(&mut self) -> Option<T>; fn pop_front(&mut self) -> Option<T>;
    fn front(&self) -> Option<T>; fn back(&self) -> Option<T>;
    fn get(&self, at: usize) -> Option<T>;
    fn iter(&self) -> Iter<T>; fn into_iter(self) -> Iter<T>; fn contains(&self, value: T) -> bool;
    fn extend(&mut self, items: Into<T>);
}
impl<T> Option<T> {
    fn default() -> Option<T>; fn is_some(&self) -> bool; fn is_none(&self) -> bool;
    fn unwrap(self) -> T; fn expect(self, message: Str) -> T; fn unwrap_or(self, value: T) -> T;
    fn unwrap_or_default(self) -> T; fn unwrap_or_else(self, f: fn() -> T) -> T;
    fn map<U>(self, f: fn(T) -> U) -> Option<U>; fn map_or<U>(self, value: U, f: fn(T) -> U) -> U;
    fn map_or_else<U>(self, d: fn() -> U, f: fn(T) -> U) -> U;
    fn and_then<U>(self, f: fn(T) -> Option<U>) -> Option<U>;
    fn filter(self, f: fn(T) -> bool) -> Option<T>;
    fn or(self, other: Option<T>) -> Option<T>;
    fn or_else(self, f: fn() -> Option<T>) -> Option<T>;
    fn and<U>(self, other: Option<U>) -> Option<U>; fn xor(self, other: Option<T>) -> Option<T>;
    fn ok_or<E>(self, error: E) -> Result<T, E>;
    fn ok_or_else<E>(self, f: fn() -> E) -> Result<T, E>;
    fn is_some_and(self, f: fn(T) -> bool) -> bool; fn is_none_or(self, f: fn(T) -> bool) -> bool;
    fn take(&mut self) -> Option<T>; fn replace(&mut self, value: T) -> Option<T>;
    fn insert(&mut self, value: T) -> &mut T; fn as_deref(&self) -> Option<T>;
    fn as_mut(&mut self) -> Option<&mut T>; fn as_deref_mut(&mut self) -> Option<&mut T>;
    fn iter(&self) -> Iter<T>; fn into_iter(self) -> Iter<T>;
    fn zip<U>(self, other: Option<U>) -> Option<(T, U)>; fn flatten(self) -> T;
    fn unwrap_unchecked(self) -> T; fn get_or_insert(&mut self, value: T) -> &mut T;
}
impl<T, E> Result<T, E> {
    fn is_ok(&self) -> bool; fn is_err(&self) -> bool; fn unwrap(self) -> T;
    fn unwrap_err(self) -> E;
    fn expect(self, message: Str) -> T; fn unwrap_or(self, value: T) -> T;
    fn unwrap_or_default(self) -> T; fn unwrap_or_else(self, f: fn(E) -> T) -> T;
    fn map<U>(self, f: fn(T) -> U) -> Result<U, E>;
    fn map_err<F>(self, f: fn(E) -> F) -> Result<T, F>;
    fn and_then<U>(self, f: fn(T) -> Result<U, E>) -> Result<U, E>;
    fn ok(self) -> Option<T>; fn err(self) -> Option<E>;
    fn map_or<U>(self, value: U, f: fn(T) -> U) -> U;
    fn is_ok_and(self, f: fn(T) -> bool) -> bool;
    fn or_else<F>(self, f: fn(E) -> Result<T, F>) -> Result<T, F>;
}
impl<T> Iter<T> {
    fn iter(&self) -> Iter<T>; fn into_iter(self) -> Iter<T>; fn cloned(self) -> Iter<T>;
    fn copied(self) -> Iter<T>; fn by_ref(&mut self) -> Iter<T>; fn rev(self) -> Iter<T>;
    fn map<U>(self, f: fn(T) -> U) -> Iter<U>; fn filter(self, f: fn(T) -> bool) -> Iter<T>;
    fn filter_map<U>(self, f: fn(T) -> Option<U>) -> Iter<U>;
    fn flat_map<U>(self, f: fn(T) -> Into<U>) -> Iter<U>; fn flatten<U>(self) -> Iter<U>;
    fn enumerate(self) -> Iter<(usize, T)>; fn zip<U>(self, other: Into<U>) -> Iter<(T, U)>;
    fn skip(self, n: usize) -> Iter<T>; fn take(self, n: usize) -> Iter<T>;
    fn step_by(self, n: usize) -> Iter<T>; fn chain(self, other: Into<T>) -> Iter<T>;
    fn take_while(self, f: fn(T) -> bool) -> Iter<T>;
    fn skip_while(self, f: fn(T) -> bool) -> Iter<T>;
    fn peekable(self) -> Iter<T>; fn fuse(self) -> Iter<T>; fn sum<S>(self) -> S;
    fn product<S>(self) -> S; fn count(self) -> usize; fn min(self) -> Option<T>;
    fn max(self) -> Option<T>; fn min_by_key<K>(self, f: fn(T) -> K) -> Option<T>;
    fn max_by_key<K>(self, f: fn(T) -> K) -> Option<T>;
    fn min_by(self, f: fn(T, T) -> Ordering) -> Option<T>;
    fn max_by(self, f: fn(T, T) -> Ordering) -> Option<T>;
    fn fold<B>(self, start: B, f: fn(B, T) -> B) -> B;
    fn reduce(self, f: fn(T, T) -> T) -> Option<T>;
    fn all(&mut self, f: fn(T) -> bool) -> bool; fn any(&mut self, f: fn(T) -> bool) -> bool;
    fn find(&mut self, f: fn(T) -> bool) -> Option<T>;
    fn position(&mut self, f: fn(T) -> bool) -> Option<usize>;
    fn rposition(&mut self, f: fn(T) -> bool) -> Option<usize>;
    fn find_map<U>(&mut self, f: fn(T) -> Option<U>) -> Option<U>;
    fn last(self) -> Option<T>; fn nth(&mut self, n: usize) -> Option<T>;
    fn next(&mut self) -> Option<T>; fn next_back(&mut self) -> Option<T>;
    fn peek(&mut self) -> Option<T>;
    fn collect<C>(self) -> C; fn for_each(self, f: fn(T) -> ()); fn len(&self) -> usize;
    fn eq(self, other: Into<T>) -> bool; fn ne(self, other: Into<T>) -> bool;
    fn unzip<C>(self) -> C;
    fn partition<C>(self, f: fn(T) -> bool) -> (C, C); fn to_string(&self) -> Str;
    fn as_str(&self) -> Str; fn is_empty(&self) -> bool; fn contains(&self, value: T) -> bool;
}
impl<K, V> HashMap<K, V> {
    fn new() -> HashMap<K, V>; fn with_capacity(n: usize) -> HashMap<K, V>;
    fn default() -> HashMap<K, V>; fn from<A>(value: A) -> HashMap<K, V>;
    fn len(&self) -> usize; fn is_empty(&self) -> bool; fn clear(&mut self);
    fn insert(&mut self, key: K, value: V) -> Option<V>; fn remove(&mut self, key: K) -> Option<V>;
    fn get(&self, key: K) -> Option<V>; fn get_mut(&mut self, key: K) -> Option<&mut V>;
    fn contains_key(&self, key: K) -> bool; fn entry(&mut self, key: K) -> Entry<K, V>;
    fn keys(&self) -> Iter<K>; fn values(&self) -> Iter<V>; fn iter(&self) -> Iter<(K, V)>;
    fn into_iter(self) -> Iter<(K, V)>; fn extend(&mut self, items: Into<(K, V)>);
    fn into_keys(self) -> Iter<K>; fn into_values(self) -> Iter<V>;
}
impl<K, V> BTreeMap<K, V> {
    fn new() -> BTreeMap<K, V>; fn default() -> BTreeMap<K, V>;
    fn from<A>(value: A) -> BTreeMap<K, V>;
    fn len(&self) -> usize; fn is_empty(&self) -> bool; fn clear(&mut self);
    fn insert(&mut self, key: K, value: V) -> Option<V>; fn remove(&mut self, key: K) -> Option<V>;
    fn get(&self, key: K) -> Option<V>; fn get_mut(&mut self, key: K) -> Option<&mut V>;
    fn contains_key(&self, key: K) -> bool; fn entry(&mut self, key: K) -> Entry<K, V>;
    fn keys(&self) -> Iter<K>; fn values(&self) -> Iter<V>; fn iter(&self) -> Iter<(K, V)>;
    fn into_iter(self) -> Iter<(K, V)>; fn extend(&mut self, items: Into<(K, V)>);
    fn into_keys(self) -> Iter<K>; fn into_values(self) -> Iter<V>;
}
impl<K, V> Entry<K, V> {
    fn or_insert(self, value: V) -> &mut V; fn or_insert_with(self, f: fn() -> V) -> &mut V;
    fn or_default(self) -> &mut V; fn and_modify(self, f: fn(&mut V) -> ()) -> Entry<K, V>;
}
impl<T> HashSet<T> {
    fn new() -> HashSet<T>; fn with_capacity(n: usize) -> HashSet<T>; fn default() -> HashSet<T>;
    fn from<A>(value: A) -> HashSet<T>; fn len(&self) -> usize; fn is_empty(&self) -> bool;
    fn insert(&mut self, value: T) -> bool; fn remove(&mut self, value: T) -> bool;
    fn contains(&self, value: T) -> bool; fn clear(&mut self); fn iter(&self) -> Iter<T>;
    fn into_iter(self) -> Iter<T>; fn extend(&mut self, items: Into<T>);
    fn union(&self, other: HashSet<T>) -> Iter<T>;
    fn intersection(&self, other: HashSet<T>) -> Iter<T>;
    fn difference(&self, other: HashSet<T>) -> Iter<T>;
    fn symmetric_difference(&self, other: HashSet<T>) -> Iter<T>;
    fn is_subset(&self, other: HashSet<T>) -> bool;
    fn is_superset(&self, other: HashSet<T>) -> bool;
    fn is_disjoint(&self, other: HashSet<T>) -> bool;
}
impl<T> BTreeSet<T> {
    fn new() -> BTreeSet<T>; fn default() -> BTreeSet<T>;
    fn from<A>(value: A) -> BTreeSet<T>; fn len(&self) -> usize; fn is_empty(&self) -> bool;
    fn insert(&mut self, value: T) -> bool; fn remove(&mut self, value: T) -> bool;
    fn contains(&self, value: T) -> bool; fn clear(&mut self); fn iter(&self) -> Iter<T>;
    fn into_iter(self) -> Iter<T>; fn extend(&mut self, items: Into<T>);
    fn union(&self, other: BTreeSet<T>) -> Iter<T>;
    fn intersection(&self, other: BTreeSet<T>) -> Iter<T>;
    fn difference(&self, other: BTreeSet<T>) -> Iter<T>;
    fn symmetric_difference(&self, other: BTreeSet<T>) -> Iter<T>;
    fn is_subset(&self, other: BTreeSet<T>) -> bool;
    fn is_superset(&self, other: BTreeSet<T>) -> bool;
    fn is_disjoint(&self, other: BTreeSet<T>) -> bool; fn first(&self) -> Option<T>;
    fn last(&self) -> Option<T>;
}
impl Ordering {
    fn reverse(self) -> Ordering; fn then(self, other: Ordering) -> Ordering;
    fn then_with(self, f: fn() -> Ordering) -> Ordering; fn is_lt(self) -> bool;
    fn is_le(self) -> bool; fn is_gt(self) -> bool; fn is_ge(self) -> bool; fn is_eq(self) -> bool;
    fn is_ne(self) -> bool;
}
impl<T> Range<T> { fn contains(&self, value: T) -> bool; fn is_empty(&self) -> bool;
    fn start(&self) -> T; fn end(&self) -> T; }
impl Wrapper { fn new<T>(value: T) -> T; }
impl mem { fn swap<T>(a: &mut T, b: &mut T); fn replace<T>(a: &mut T, value: T) -> T;
    fn take<T>(a: &mut T) -> T; fn drop<T>(value: T); }
impl cmp { fn max<T>(a: T, b: T) -> T; fn min<T>(a: T, b: T) -> T; }
impl iter { fn repeat_n<T>(value: T, n: usize) -> Iter<T>; fn once<T>(value: T) -> Iter<T>;
    fn empty<T>() -> Iter<T>; fn repeat<T>(value: T) -> Repeated<T>; }
impl str { fn from_utf8(bytes: Seq<u8>) -> Result<Str, Opaque>; }
impl<T> Repeated<T> { fn take(self, n: usize) -> Iter<T>; }
impl Contract { fn old<T>(value: T) -> T; fn implies(a: bool, b: bool) -> bool; }
"""

_NAMED: Final[dict[str, Con]] = {
    **PRIMITIVES,
    "Str": STR,
    "Opaque": OPAQUE,
    "Ordering": ORDERING,
    "bool": BOOL,
    "char": CHAR,
    "RangeFull": RANGE_FULL,
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A function's type: `generics` are replaced by fresh variables where it is used.

    `mutable` says which parameters are `&mut`; a method's receiver is its first parameter.
    """

    key: str
    generics: tuple[str, ...]
    params: tuple[Ty, ...]
    result: Ty
    mutable: tuple[bool, ...]
    has_self: bool


@cache
def library() -> dict[str, dict[str, Signature]]:
    """The signatures by group and name."""
    syntax = parse(SourceFile("<prelude>", SIGNATURES), "rust")
    reader = Reader(syntax)
    found: dict[str, dict[str, Signature]] = {}
    for impl in meaningful(syntax.root):
        named = reader.field(impl, "type")
        if named.type == "generic_type":
            head = reader.text(reader.field(named, "type"))
            own = [reader.text(a) for a in meaningful(reader.field(named, "type_arguments"))]
        else:
            head, own = reader.text(named), []
        self_ty = Con(head, tuple(Con(f"#{name}") for name in own)) if own else Con("#Self")
        self_ty = _NAMED.get(head, self_ty) if not own else self_ty
        group = found.setdefault(head, {})
        for node in meaningful(reader.field(impl, "body")):
            item = read_function(reader, node, [], [])
            group[item.name] = _signature(f"{head}.{item.name}", item, own, self_ty)
    return found


def _signature(key: str, item: tree.FunctionItem, own: list[str], self_ty: Con) -> Signature:
    generics = {*own, *(param.name for param in item.generics)}
    params = tuple(_type(param.type, generics, self_ty) for param in item.params)
    result: Ty = UNIT if item.result is None else _type(item.result, generics, self_ty)
    mutable = tuple(
        isinstance(param.type, tree.RefType) and param.type.mutable for param in item.params
    )
    has_self = bool(item.params) and (
        isinstance(item.params[0].pattern, tree.BindPattern)
        and item.params[0].pattern.name == "self"
    )
    if has_self and mutable[0]:
        assert isinstance(params[0], Con)
        params = (params[0].args[0], *params[1:])
    names = tuple(f"#{name}" for name in sorted(generics))
    return Signature(
        key, (*names, "#Self", "#Unsigned", "#Signed"), params, result, mutable, has_self
    )


def _type(node: tree.TypeTree, generics: set[str], self_ty: Con) -> Ty:
    match node:
        case tree.PathType(segments=("Self",)):
            return self_ty
        case tree.PathType(segments=("Unsigned",)):
            return Con("#Unsigned")
        case tree.PathType(segments=("Signed",)):
            return Con("#Signed")
        case tree.PathType(segments=(name,), args=args):
            if name in generics:
                return Con(f"#{name}")
            if not args:
                return _NAMED.get(name) or Con(name)
            return Con(name, tuple(_type(arg, generics, self_ty) for arg in args))
        case tree.RefType(mutable=mutable, inner=inner):
            found = _type(inner, generics, self_ty)
            return Con("RefMut", (found,)) if mutable else found
        case tree.TupleTypeTree(items=items):
            return Con("tuple", tuple(_type(item, generics, self_ty) for item in items))
        case tree.FnTypeTree(params=params, result=result):
            types = [_type(param, generics, self_ty) for param in params]
            last: Ty = UNIT if result is None else _type(result, generics, self_ty)
            return Con("fn", (*types, last))
        case _:
            raise AssertionError(f"the prelude holds {node!r}")

// Prints what Rust's integer and float operations answer at the corners of their types. A line is
// `operator type: arguments = answer; …`, where the answer may be `none` or `panic`.
// `tests/semantics/rust_corners.txt` is its output; run with overflow checks:
//
//     rustc --edition 2021 -C overflow-checks=on rust_corners.rs && ./rust_corners > rust_corners.txt

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::panic::{catch_unwind, UnwindSafe};

thread_local! {
    static FOUND: RefCell<BTreeMap<(String, String), Vec<String>>> = RefCell::default();
}

fn show<T: Debug>(op: &str, ty: &str, args: &str, run: impl FnOnce() -> T + UnwindSafe) {
    let answer = match catch_unwind(run) {
        Ok(value) => format!("{:?}", value).replace('"', ""),
        Err(_) => "panic".to_string(),
    };
    let key = (op.to_string(), ty.to_string());
    let line = format!("{args} = {answer}");
    FOUND.with(|found| found.borrow_mut().entry(key).or_default().push(line));
}

macro_rules! option {
    ($e:expr) => {
        match $e {
            Some(value) => format!("{value}"),
            None => "none".to_string(),
        }
    };
}

macro_rules! integers {
    ($($t:ident)*) => { $({
        let ty = stringify!($t);
        let mut values: Vec<$t> =
            vec![0, 1, 7, 100, $t::MAX, $t::MIN, $t::MIN + 1, (0 as $t).wrapping_sub(1)];
        values.sort();
        values.dedup();
        for &a in &values {
            let one = format!("{a}");
            show("int.wrapping_neg", ty, &one, || a.wrapping_neg());
            show("int.bit_not", ty, &one, || !a);
            show("int.count_ones", ty, &one, || a.count_ones());
            show("int.leading_zeros", ty, &one, || a.leading_zeros());
            show("int.trailing_zeros", ty, &one, || a.trailing_zeros());
            show("int.ilog2", ty, &one, || a.ilog2());
            show("int.ilog10", ty, &one, || a.ilog10());
            show("int.as_float", ty, &one, || a as f64);
            show("int.wrap:u8", ty, &one, || a as u8);
            show("int.wrap:i16", ty, &one, || a as i16);
            show("int.wrap:u64", ty, &one, || a as u64);
            show("int.wrap:i128", ty, &one, || a as i128);
            show("int.try_narrow:i8", ty, &one, || i8::try_from(a).ok().map_or("none".into(), |v| format!("{v}")));
            for n in [0u32, 1, 3, 7, 8, 64, 127] {
                let two = format!("{a} {n}");
                show("int.pow", ty, &two, || a.pow(n));
                show("int.checked_pow", ty, &two, || option!(a.checked_pow(n)));
                show("int.wrapping_pow", ty, &two, || a.wrapping_pow(n));
                show("int.saturating_pow", ty, &two, || a.saturating_pow(n));
                show("int.rotate_left", ty, &two, || a.rotate_left(n));
                show("int.rotate_right", ty, &two, || a.rotate_right(n));
                show("int.machine_shl", ty, &two, || a << n);
                show("int.machine_shr", ty, &two, || a >> n);
            }
            for &b in &values {
                let two = format!("{a} {b}");
                show("add", ty, &two, || a + b);
                show("sub", ty, &two, || a - b);
                show("mul", ty, &two, || a * b);
                show("trunc_div", ty, &two, || a / b);
                show("trunc_rem", ty, &two, || a % b);
                show("euclid_div", ty, &two, || a.div_euclid(b));
                show("euclid_mod", ty, &two, || a.rem_euclid(b));
                show("int.bit_and", ty, &two, || a & b);
                show("int.bit_or", ty, &two, || a | b);
                show("int.bit_xor", ty, &two, || a ^ b);
                show("int.wrapping_add", ty, &two, || a.wrapping_add(b));
                show("int.wrapping_sub", ty, &two, || a.wrapping_sub(b));
                show("int.wrapping_mul", ty, &two, || a.wrapping_mul(b));
                show("int.checked_add", ty, &two, || option!(a.checked_add(b)));
                show("int.checked_sub", ty, &two, || option!(a.checked_sub(b)));
                show("int.checked_mul", ty, &two, || option!(a.checked_mul(b)));
                show("int.checked_div", ty, &two, || option!(a.checked_div(b)));
                show("int.checked_rem", ty, &two, || option!(a.checked_rem(b)));
                show("int.saturating_add", ty, &two, || a.saturating_add(b));
                show("int.saturating_sub", ty, &two, || a.saturating_sub(b));
                show("int.saturating_mul", ty, &two, || a.saturating_mul(b));
                show("int.overflowing_add", ty, &two, || a.overflowing_add(b));
                show("int.overflowing_sub", ty, &two, || a.overflowing_sub(b));
                show("int.overflowing_mul", ty, &two, || a.overflowing_mul(b));
                show("int.abs_diff", ty, &two, || a.abs_diff(b));
            }
        }
    })* };
}

macro_rules! signed {
    ($($t:ident)*) => { $({
        let ty = stringify!($t);
        for a in [0, 1, -1, $t::MAX, $t::MIN, $t::MIN + 1, -100] {
            let one = format!("{a}");
            show("neg", ty, &one, || -a);
            show("abs", ty, &one, || a.abs());
            show("int.signum", ty, &one, || a.signum());
            show("int.unsigned_abs", ty, &one, || a.unsigned_abs());
        }
    })* };
}

fn floats() {
    let values = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 3.0, -3.0,
        4503599627370495.5, 9007199254740993.0, 1e300, -1e300, 5e-324, f64::MAX,
        f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 255.9, 256.0, -129.0, 1e19];
    for a in values {
        let one = format!("{a:?}");
        show("float.floor_f", "f64", &one, || a.floor());
        show("float.ceil_f", "f64", &one, || a.ceil());
        show("float.round_f", "f64", &one, || a.round());
        show("float.trunc_f", "f64", &one, || a.trunc());
        show("float.sqrt", "f64", &one, || a.sqrt());
        show("float.to_machine:u8", "f64", &one, || a as u8);
        show("float.to_machine:i8", "f64", &one, || a as i8);
        show("float.to_machine:i64", "f64", &one, || a as i64);
        show("float.to_machine:u64", "f64", &one, || a as u64);
        show("float.to_machine:i128", "f64", &one, || a as i128);
        for b in [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            let two = format!("{a:?} {b:?}");
            show("float.div", "f64", &two, || a / b);
            show("float.rem", "f64", &two, || a % b);
            show("float.powf", "f64", &two, || a.powf(b));
            show("lt", "f64", &two, || a < b);
            show("le", "f64", &two, || a <= b);
            show("eq", "f64", &two, || a == b);
        }
    }
}

fn texts() {
    for text in ["", "0", "-0", "+0", "7", "-7", "+7", "+", "-", "+-1", "127", "128", "-128",
        "-129", "255", "256", "00000000000000000000000000000000000000000000000001", " 1", "1 ", "1_0", "\u{0663}", "a",
        "340282366920938463463374607431768211456", "99999999999999999999999999999999999999999999"] {
        let one = format!("{text:?}");
        show("str.parse_int:i8", "str", &one, || option!(text.parse::<i8>().ok()));
        show("str.parse_int:u8", "str", &one, || option!(text.parse::<u8>().ok()));
        show("str.parse_int:i128", "str", &one, || option!(text.parse::<i128>().ok()));
        show("str.parse_int:u128", "str", &one, || option!(text.parse::<u128>().ok()));
    }
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    integers!(i8 u8 i64 u128);
    signed!(i8 i64 i128);
    floats();
    texts();
    FOUND.with(|found| {
        for ((op, ty), lines) in found.borrow().iter() {
            println!("{op} {ty}: {}", lines.join("; "));
        }
    });
}

use std::cmp::Ordering;
#[derive(Debug, Clone, Copy, PartialEq)]
enum Op {
    Add,
    Mul(i32),
    Pair { a: i32, b: u8 },
}
#[derive(Debug, Clone, PartialEq)]
struct P {
    x: i32,
    ys: Vec<i32>,
}
struct T2(i32, u8);
impl P {
    const K: i32 = 3;
    fn new(x: i32) -> Self {
        Self { x, ys: vec![x; 2] }
    }
    fn push(&mut self, v: i32) -> usize {
        self.ys.push(v);
        self.x += Self::K;
        self.ys.len()
    }
    fn total(&self) -> i32 {
        self.ys.iter().sum::<i32>() + self.x
    }
    fn bump(&mut self) {
        for y in self.ys.iter_mut() {
            *y += 1;
        }
        if let Some(l) = self.ys.last_mut() {
            *l = 0;
        }
        self.push(1);
    }
    fn with(mut self, k: i32) -> Self {
        self.x = k;
        self
    }
}
impl Op {
    fn run(self, v: i32) -> i32 {
        match self {
            Op::Add => v + 1,
            Op::Mul(k) => v * k,
            Self::Pair { a, b: 3 } => a,
            Op::Pair { a, b } => a + b as i32,
        }
    }
    fn bump(&mut self) {
        match self {
            Op::Mul(k) => *k += 1,
            Op::Pair { a, .. } if *a > 3 => *a = 0,
            _ => *self = Op::Mul(2),
        }
    }
}
enum Tree {
    Leaf,
    Node(Box<Tree>, i32, Box<Tree>),
}
impl Tree {
    fn ins(self, v: i32) -> Tree {
        match self {
            Tree::Leaf => Tree::Node(Box::new(Tree::Leaf), v, Box::new(Tree::Leaf)),
            Tree::Node(l, x, r) => {
                if v < x {
                    Tree::Node(Box::new(l.ins(v)), x, r)
                } else {
                    Tree::Node(l, x, Box::new(r.ins(v)))
                }
            }
        }
    }
    fn sum(&self) -> i32 {
        match self {
            Tree::Leaf => 0,
            Tree::Node(l, x, r) => l.sum() + x + r.sum(),
        }
    }
    fn depth(&self) -> usize {
        if let Tree::Node(l, _, r) = self {
            1 + l.depth().max(r.depth())
        } else {
            0
        }
    }
}
struct Stack<T> {
    items: Vec<T>,
}
impl<T: Clone + PartialOrd> Stack<T> {
    fn new() -> Self {
        Stack { items: Vec::new() }
    }
    fn push(&mut self, t: T) {
        self.items.push(t);
    }
    fn top(&self) -> Option<&T> {
        self.items.last()
    }
    fn pop(&mut self) -> Option<T> {
        self.items.pop()
    }
    fn biggest(&self) -> Option<T> {
        let mut b = self.items.first()?.clone();
        for i in &self.items {
            if *i > b {
                b = i.clone();
            }
        }
        Some(b)
    }
}
fn a1(v: i32, k: i32) -> (i32, i32, i32, usize) {
    let mut p = P::new(v);
    let n = p.push(k);
    p.bump();
    let q = p.clone().with(9);
    (p.total(), q.x, q.ys[0], n)
}
fn a2(v: i32, k: u8) -> Vec<i32> {
    let mut o = Op::Mul(v);
    o.bump();
    let mut q = Op::Pair { a: v, b: k };
    q.bump();
    vec![
        o.run(3),
        q.run(4),
        Op::Add.run(v),
        if q == Op::Mul(2) { 1 } else { 0 },
    ]
}
fn a3(v: &[i32]) -> (i32, usize) {
    let mut t = Tree::Leaf;
    for x in v {
        t = t.ins(*x);
    }
    (t.sum(), t.depth())
}
fn a4(v: &[i32]) -> (Option<i32>, Option<i32>, i32) {
    let mut s = Stack::new();
    for &x in v {
        s.push(x);
        if x == 2 {
            s.pop();
        }
    }
    let t = T2(3, 4);
    let T2(q, w) = t;
    (s.biggest(), s.top().copied(), q + w as i32)
}
fn largest<T: PartialOrd + Copy>(v: &[T]) -> T {
    let mut l = v[0];
    for &i in v {
        if i > l {
            l = i;
        }
    }
    l
}
fn a5(v: &[i32], w: &[u8]) -> (i32, u8) {
    (largest(v), largest(w))
}
fn a6(v: &[f64]) -> f64 {
    largest(v)
}
const LIM: usize = 4;
const TAB: [u32; LIM] = [1, 2, 3, 4];
static NAMES: &[&str] = &["a", "bc"];
fn a7(i: usize) -> (u32, String, usize) {
    (TAB[i % LIM], NAMES[i & 1].to_string(), TAB.len())
}
fn a8(x: u32) -> u32 {
    fn sq(x: u32) -> u32 {
        x * x
    }
    sq(x) + sq(2)
}
fn a9(s: &str) -> Option<(char, usize)> {
    let mut best = None;
    for c in s.chars() {
        let n = s.chars().filter(|&d| d == c).count();
        match best {
            Some((_, m)) if m >= n => {}
            _ => best = Some((c, n)),
        }
    }
    best
}
fn b1(a: i32, b: i32) -> i32 {
    let mut x = a;
    let y = {
        x += 1;
        x
    } + {
        x *= 2;
        x
    } - x;
    y + b
}
fn b2(v: &mut Vec<i32>) -> i32 {
    let i = 0;
    v[i] + {
        v.push(1);
        v[i]
    } + v.len() as i32
}
fn b3(x: i32) -> i32 {
    let r = if x > 0 {
        let y = x / 2;
        y + 1
    } else if x == 0 {
        return 7;
    } else {
        match x {
            -1 => 5,
            n if n < -5 => {
                let k = n + 1;
                k * 2
            }
            _ => return x,
        }
    };
    r * 3
}
fn b4(v: &[i32]) -> i32 {
    let mut it = v.iter();
    let mut s = 0;
    while let Some(x) = it.next() {
        s += x;
        if let Some(y) = it.next() {
            s -= y;
        }
    }
    s
}
fn b5(n: u64) -> Vec<u64> {
    let mut f = vec![0, 1];
    for i in 2..=n as usize {
        if i > 15 {
            break;
        }
        f.push(f[i - 1] + f[i - 2]);
    }
    f
}
fn b6(a: u64, b: u64, m: u64) -> u64 {
    let (mut r, mut a, mut b) = (1u64, a % m, b);
    while b > 0 {
        if b & 1 == 1 {
            r = (r as u128 * a as u128 % m as u128) as u64;
        }
        a = (a as u128 * a as u128 % m as u128) as u64;
        b >>= 1;
    }
    r
}
fn b7(s: &str) -> bool {
    let c: Vec<char> = s
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    c.iter().eq(c.iter().rev())
}
fn b8(v: &[i32]) -> (Vec<i32>, Vec<i32>) {
    v.iter().partition(|x| **x % 2 == 0)
}
fn b9(v: &[i32]) -> Option<(usize, i32)> {
    v.iter()
        .enumerate()
        .max_by_key(|(_, x)| **x)
        .map(|(i, x)| (i, *x))
}
fn c1(v: &[i32]) -> Option<(usize, i32)> {
    v.iter().cloned().enumerate().min_by_key(|&(_, x)| x)
}
fn c2(v: &[Vec<i32>]) -> Vec<i32> {
    v.iter().flatten().copied().collect()
}
fn c3(v: &[i32]) -> Vec<(i32, i32)> {
    let mut r = vec![];
    for i in 0..v.len() {
        for j in i + 1..v.len() {
            if v[i] > v[j] {
                r.push((v[i], v[j]));
            }
        }
    }
    r
}
fn c4(mut v: Vec<i32>) -> Vec<i32> {
    v.retain(|x| x % 3 != 0);
    v.resize(4, -1);
    v.rotate_left(1);
    let t = v.split_off(2);
    v.extend(t.iter().rev());
    v
}
fn c5(v: &mut Vec<i32>) -> Vec<i32> {
    let d: Vec<i32> = v.drain(1..).collect();
    v.append(&mut vec![5, 6]);
    d
}
fn c6(x: i32) -> String {
    format!("{}:{:?}:{}{{}}", x, x, if x > 0 { 'p' } else { 'n' })
}
fn c7(s: &str) -> Vec<String> {
    s.split_whitespace().map(String::from).collect()
}
fn c8(x: u8) -> String {
    format!("{:08b}-{:02x}-{:3}", x, x, x)
}
fn c9(a: Option<i32>, b: Option<i32>) -> (Option<i32>, bool, Result<i32, String>, i32) {
    (
        a.and_then(|x| b.map(|y| x ^ y)),
        a.is_some_and(|x| x > 2),
        a.ok_or("none".to_string()),
        a.map_or(0, |x| x + 1),
    )
}
fn d1(v: &[i32]) -> i32 {
    v.iter()
        .map(|x| {
            let y = x * 2;
            if y > 4 {
                y - 1
            } else {
                y
            }
        })
        .product()
}
fn d2(n: i32) -> i32 {
    (1..=n).filter(|i| n % i == 0).sum()
}
fn d3(n: usize) -> Vec<usize> {
    let mut s = vec![true; n + 1];
    s[0] = false;
    if n >= 1 {
        s[1] = false;
    }
    let mut i = 2;
    while i * i <= n {
        if s[i] {
            let mut j = i * i;
            while j <= n {
                s[j] = false;
                j += i;
            }
        }
        i += 1;
    }
    s.iter()
        .enumerate()
        .filter(|(_, p)| **p)
        .map(|(i, _)| i)
        .collect()
}
fn d4(a: &mut i32, b: &mut i32) {
    std::mem::swap(a, b);
    *a += 1;
    let t = std::mem::replace(b, 5);
    *a -= t;
}
fn d5(v: &mut Vec<i32>) {
    helper(v, 1);
    helper(&mut v[..], 0);
}
fn helper(v: &mut [i32], i: usize) {
    if i < v.len() {
        v[i] += 10;
    }
}
fn d6(x: i8) -> (i8, u8, i8, Option<i8>, u32) {
    (
        x.wrapping_neg(),
        x.unsigned_abs(),
        x.signum(),
        x.checked_neg(),
        x.count_ones(),
    )
}
fn d8(x: u64) -> Result<u8, String> {
    u8::try_from(x).map_err(|_| "big".to_string())
}
fn d9(x: i64) -> Option<usize> {
    x.try_into().ok()
}
fn e1(c: char) -> (Option<u32>, String, bool) {
    (
        c.to_digit(16),
        c.to_uppercase().collect::<String>() + "x",
        ('a'..='f').contains(&c),
    )
}
fn e2(v: &[u8]) -> Option<String> {
    String::from_utf8(v.to_vec()).ok()
}
fn e3(a: &[i32], b: &[i32]) -> (bool, bool) {
    (a < b, a == b)
}
fn e4(s: &str, t: &str) -> (bool, std::cmp::Ordering) {
    (s <= t, s.cmp(t))
}
fn e5(x: u32) -> u32 {
    x.to_be_bytes()
        .iter()
        .fold(0u32, |a, b| a.wrapping_mul(257) ^ *b as u32)
}
fn e6(v: &[i32]) -> i32 {
    let mut s = 0;
    v.iter().for_each(|x| s += x);
    v.iter().enumerate().for_each(|(i, x)| {
        if i > 1 {
            s -= x;
        }
    });
    s
}
fn e7(n: u32) -> u32 {
    let mut a = [0u32; 5];
    for (i, x) in a.iter_mut().enumerate() {
        *x = i as u32 * n;
    }
    a[1..3].copy_from_slice(&[7, 8]);
    a[2..].iter_mut().for_each(|x| *x += 1);
    a.iter().sum()
}
fn e9(n: i32) -> i32 {
    match n {
        x @ 1..=5 => x,
        6 | 7 => 6,
        _ if n > 100 => 100,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn examples() {
        assert_eq!(a1((1i32), (12i32)), (12, 9, 2, 3));
        assert_eq!(a1((-167i32), (265i32)), (-492, 9, -166, 3));
        assert_eq!(a2((-68i32), (3u8)), vec![-201, 8, -67, 1]);
        assert_eq!(a2((1i32), (2u8)), vec![6, 8, 2, 1]);
        assert_eq!(a3(&vec![(-3i32), (-168i32), (-2i32), (-3i32)]), (-176, 3));
        assert_eq!(a3(&vec![(9i32), (271i32)]), (280, 2));
        assert_eq!(
            a4(&vec![(11i32), (2147483647i32), i32::MIN]),
            (Some(2147483647), Some(-2147483648), 7)
        );
        assert_eq!(a4(&vec![(5i32)]), (Some(5), Some(5), 7));
        assert_eq!(
            a5(
                &vec![(6i32), (9i32), (10i32), (7i32), (275i32), (5i32)],
                &vec![(83u8), (167u8), (0u8), (11u8)]
            ),
            (275, 167)
        );
        assert_eq!(
            a5(
                &vec![(5i32), (-1i32), (12i32), (-1i32), (1i32), (10i32)],
                &vec![(0u8), (23u8), (9u8)]
            ),
            (12, 23)
        );
        assert_eq!(a6(&vec![(2.5f64), (0.0f64)]), 2.5);
        assert_eq!(a6(&vec![(-0.0f64), (0.0f64)]), -0.0);
        assert_eq!(a7((1usize)), (2, "bc".to_string(), 4));
        assert_eq!(a7((4usize)), (1, "a".to_string(), 4));
        assert_eq!(a8((0u32)), 4);
        assert_eq!(a8((2u32)), 8);
        assert_eq!(a9("xzßx"), Some(('x', 2)));
        assert_eq!(a9("Aß2y1 y"), Some(('y', 2)));
        assert_eq!(b1((0i32), (7i32)), 8);
        assert_eq!(b1((1i32), (7i32)), 9);
        assert_eq!(b3((8i32)), 15);
        assert_eq!(b3((-58i32)), -342);
        assert_eq!(b4(&vec![(232i32), (6i32)]), 226);
        assert_eq!(b4(&vec![(-3i32), (1i32), (-42i32)]), -46);
        assert_eq!(b5((10u64)), vec![0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55]);
        assert_eq!(
            b5((122u64)),
            vec![0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610]
        );
        assert_eq!(b6((10u64), (11u64), (9u64)), 1);
        assert_eq!(b6((5u64), (114u64), (2u64)), 1);
        assert_eq!(b7(""), true);
        assert_eq!(b7("0z"), false);
        assert_eq!(b8(&vec![(0i32), (3i32)]), (vec![0], vec![3]));
        assert_eq!(b8(&vec![(229i32), (5i32)]), (vec![], vec![229, 5]));
        assert_eq!(b9(&vec![(128i32), (8i32)]), Some((0, 128)));
        assert_eq!(b9(&vec![(6i32), (5i32), (10i32), (10i32)]), Some((3, 10)));
        assert_eq!(c1(&vec![(-3i32), (10i32), (4i32)]), Some((0, -3)));
        assert_eq!(
            c1(&vec![(6i32), (4i32), (0i32), i32::MIN, (-177i32), (3i32)]),
            Some((3, -2147483648))
        );
        assert_eq!(
            c2(&vec![
                vec![(12i32), (-113i32), (4i32)],
                vec![(10i32), (0i32), (5i32)],
                vec![(-2i32), (3i32), (0i32)]
            ]),
            vec![12, -113, 4, 10, 0, 5, -2, 3, 0]
        );
        assert_eq!(c2(&vec![vec![(271i32)]]), vec![271]);
        assert_eq!(c3(&vec![(-197i32)]), vec![]);
        assert_eq!(
            c3(&vec![(241i32), (5i32), (10i32)]),
            vec![(241, 5), (241, 10)]
        );
        assert_eq!(
            c4(vec![(-3i32), (2147483647i32), (-2i32)]),
            vec![-2, -1, 2147483647, -1]
        );
        assert_eq!(c4(vec![(1i32), (12i32), (7i32)]), vec![7, -1, 1, -1]);
        assert_eq!(c6((9i32)), "9:9:p{}");
        assert_eq!(c6((100i32)), "100:100:p{}");
        assert_eq!(c7("-2"), vec!["-2".to_string()]);
        assert_eq!(c7(","), vec![",".to_string()]);
        assert_eq!(c8((2u8)), "00000010-02-  2");
        assert_eq!(c8((11u8)), "00001011-0b- 11");
        assert_eq!(c9(Some((90i32)), None), (None, true, Ok(90), 91));
        assert_eq!(
            c9(Some((200i32)), Some((-178i32))),
            (Some(-122), true, Ok(200), 201)
        );
        assert_eq!(d1(&vec![(3i32), (-1i32), (-86i32)]), 1720);
        assert_eq!(d1(&vec![(0i32), (1i32)]), 0);
        assert_eq!(d2((254i32)), 384);
        assert_eq!(d2((9i32)), 13);
        assert_eq!(
            d3((163usize)),
            vec![
                2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79,
                83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163
            ]
        );
        assert_eq!(d3((1usize)), vec![]);
        assert_eq!(d6((-126i8)), (126, 126, -1, Some(126), 2));
        assert_eq!(d6((4i8)), (-4, 4, 1, Some(-4), 1));
        assert_eq!(d8((22u64)), Ok(22));
        assert_eq!(d8((9u64)), Ok(9));
        assert_eq!(d9((9i64)), Some(9));
        assert_eq!(d9((-3i64)), None);
        assert_eq!(e1('0'), (Some(0), "0x".to_string(), false));
        assert_eq!(e1('b'), (Some(11), "Bx".to_string(), true));
        assert_eq!(
            e2(&vec![(11u8), (0u8), (1u8), (12u8), (8u8), (54u8)]),
            Some("\u{b}\0\u{1}\u{c}\u{8}6".to_string())
        );
        assert_eq!(
            e2(&vec![(31u8), (9u8), (1u8), (2u8)]),
            Some("\u{1f}\t\u{1}\u{2}".to_string())
        );
        assert_eq!(
            e3(
                &vec![(9i32), (9i32), (0i32), (-1i32), (4i32), (-2147483647i32)],
                &vec![
                    (-2147483647i32),
                    (187i32),
                    (12i32),
                    (9i32),
                    (2147483647i32),
                    (12i32)
                ]
            ),
            (false, false)
        );
        assert_eq!(
            e3(
                &vec![(11i32), (2i32), (3i32), (7i32), (1i32), (6i32)],
                &vec![(11i32), (5i32), (2147483646i32), (12i32), (-98i32), (8i32)]
            ),
            (true, false)
        );
        assert_eq!(e4(",", "Byé0"), (true, Ordering::Less));
        assert_eq!(e4("aécx", ""), (false, Ordering::Greater));
        assert_eq!(e5((3u32)), 3);
        assert_eq!(e5((1u32)), 1);
        assert_eq!(e6(&vec![(2147483646i32)]), 2147483646);
        assert_eq!(e6(&vec![(-1i32)]), -1);
        assert_eq!(e7((4u32)), 46);
        assert_eq!(e7((149u32)), 1061);
        assert_eq!(e9((11i32)), 0);
        assert_eq!(e9((7i32)), 6);
    }
}

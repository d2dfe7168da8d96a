use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
fn lits() -> (u8, i64, u32, f64) {
    let a = 200;
    let b: u8 = a;
    let c = -5;
    let d: i64 = c * 2;
    (b, d, 0xFF_u32, 1e-3)
}
fn shl_default() -> u64 {
    (1 << 20) as u64
}
fn casts(x: i64) -> (u8, i8, u32, i128, f64, usize) {
    (x as u8, x as i8, x as u32, x as i128, x as f64, x as usize)
}
fn fcast(x: f64) -> (u8, i32, i64, u64, usize) {
    (x as u8, x as i32, x as i64, x as u64, x as usize)
}
fn ch(c: char) -> (u8, u32, bool) {
    (c as u8, c as u32, c.is_alphanumeric())
}
fn byte(b: u8) -> char {
    b as char
}
fn shifts(a: i32, n: u32) -> (i32, i32, i32) {
    (a << n, a >> n, a.wrapping_shl(n))
}
fn divs(a: i32, b: i32) -> (i32, i32) {
    (a / b, a % b)
}
fn eucl(a: i32, b: i32) -> (i32, i32) {
    (a.rem_euclid(b), a.div_euclid(b))
}
fn neg(a: i8) -> (i8, i8) {
    (-a, a.abs())
}
fn powi(a: i32, n: u32) -> i32 {
    a.pow(n)
}
fn idx(v: &[i32], i: usize) -> i32 {
    v[i - 1] + v[i]
}
fn slice(v: &[i32], a: usize, b: usize) -> Vec<i32> {
    v[a..b].to_vec()
}
fn slice2(v: &[i32], a: usize, b: usize) -> Vec<i32> {
    let mut r = v[a..=b].to_vec();
    r.extend_from_slice(&v[b..]);
    r.extend(&v[..a]);
    r
}
fn order(v: &mut Vec<i32>, i: usize) -> i32 {
    v[i] = {
        v.push(7);
        v.len() as i32
    } - 3;
    v[i] += v[0] * 2;
    v[i]
}
fn evalorder(a: u8, i: usize, v: &mut [u8]) {
    v[i - 1] = a - 10;
}
fn evalorder2(a: u8, i: usize, v: &mut [u8]) {
    v[i - 1] += a - 10;
}
fn opts(a: Option<i32>, b: Option<i32>) -> Option<i32> {
    let x = a?;
    let y = b.unwrap_or(3);
    if x > y {
        return None;
    }
    Some(x.checked_add(y)?)
}
fn unw(a: Option<u8>) -> u8 {
    a.unwrap() + a.map(|x| x / 2).unwrap_or_else(|| 9)
}
fn labelled(n: u32) -> u32 {
    let mut c = 0;
    'o: for i in 0..n {
        for j in 0.. {
            if j > i {
                continue 'o;
            }
            if i * j > 20 {
                break 'o;
            }
            c += j;
        }
    }
    c
}
fn loopval(n: u32) -> u32 {
    let mut i = 0;
    let r = loop {
        i += 3;
        if i > n {
            break i * 2;
        }
    };
    r + 1
}
fn whilelet(n: i32) -> Vec<i32> {
    let mut s = vec![n];
    let mut o = Vec::new();
    while let Some(x) = s.pop() {
        if x > 0 && o.len() < 20 {
            s.push(x / 2);
            s.push(x - 3);
        }
        o.push(x);
    }
    o
}
fn mat(x: i32, c: char) -> i32 {
    match (x, c) {
        (0, _) => 1,
        (n, 'a'..='f') if n > 3 => n,
        (1 | 2, 'x') => 9,
        (i32::MIN..=-1, _) => -1,
        (_, k) if k.is_ascii_digit() => 5,
        _ => 0,
    }
}
fn slicepat(v: &[i32]) -> i32 {
    match v {
        [] => 0,
        [x] => *x,
        [a, .., b] if a == b => 100,
        [a, rest @ ..] => *a + rest.len() as i32,
    }
}
fn incl(a: u8, b: u8) -> u32 {
    let mut s = 0u32;
    for i in a..=b {
        s += i as u32;
    }
    for i in (a..b).rev() {
        s = s * 2 % 1000 + i as u32;
    }
    for i in (a..=b).step_by(3) {
        s += i as u32;
    }
    s
}
fn chain(v: &[i32]) -> Vec<i32> {
    v.iter()
        .enumerate()
        .filter(|(i, x)| i % 2 == 0 && **x > 0)
        .map(|(i, x)| x * i as i32)
        .collect()
}
fn chain2(v: &[i32], n: usize) -> (i32, usize, Option<i32>, bool) {
    (
        v.iter().skip(1).take(n).sum(),
        v.iter().filter(|&&x| x > 2).count(),
        v.iter().copied().min(),
        v.iter().rev().any(|x| *x == 3),
    )
}
fn fold(v: &[u8]) -> u8 {
    v.iter().fold(0, |a, b| a ^ b.rotate_left(1))
}
fn zipw(a: &[i32], b: &[i32]) -> i32 {
    a.iter().zip(b.iter()).map(|(x, y)| x * y).sum::<i32>()
        + a.windows(2).map(|w| w[1] - w[0]).max().unwrap_or(0)
}
fn itermut(v: &mut Vec<i32>) {
    for x in v.iter_mut() {
        *x *= 2;
    }
    for (i, x) in v.iter_mut().enumerate() {
        *x += i as i32;
    }
    if let Some(x) = v.last_mut() {
        *x = 1;
    }
    if let Some(f) = v.get_mut(1) {
        *f -= 5;
    }
}
fn alias(v: &mut Vec<Vec<i32>>) {
    let r = &mut v[0];
    r.push(1);
    r[0] += 1;
    let n = r.len();
    v[0].push(n as i32);
}
fn swp(v: &mut [i32], a: usize, b: usize) {
    v.swap(a, b);
    let (l, r) = (v[0], v[1]);
    v[0] = r;
    v[1] = l;
    std::mem::swap(&mut v[a], &mut [9][..][0]);
}
fn word(s: &str) -> Vec<String> {
    s.split(' ').map(|w| w.to_uppercase()).collect()
}
fn strs(s: &str) -> (usize, String, bool, Option<char>) {
    (
        s.len(),
        s.chars().rev().collect(),
        s.contains("bc"),
        s.chars().nth(2),
    )
}
fn bytes(s: &str) -> u32 {
    let b = s.as_bytes();
    let mut h = 0u32;
    for x in b {
        h = h.wrapping_mul(31).wrapping_add(*x as u32);
    }
    h
}
fn trim(s: &str) -> String {
    let mut t = s.trim().to_string();
    t.push('!');
    t += "x";
    format!("{t}-{}-{:02}", t.len(), 5u8)
}
fn hm(v: &[i32]) -> i32 {
    let mut m: HashMap<i32, i32> = HashMap::new();
    for x in v {
        *m.entry(*x).or_insert(0) += 1;
    }
    let mut b = 0;
    for x in v {
        if m[x] > b {
            b = m[x];
        }
    }
    b + m.len() as i32
}
fn bt(v: &[i32]) -> Vec<(i32, usize)> {
    let mut m = BTreeMap::new();
    for (i, x) in v.iter().enumerate() {
        m.insert(*x, i);
    }
    m.into_iter().collect()
}
fn hs(v: &[i32]) -> bool {
    let mut s = HashSet::new();
    v.iter().all(|x| *x < 100)
        && v.iter().map(|x| x % 3).collect::<HashSet<_>>().len() == 2
        && s.insert(3)
}
fn dq(v: &[i32]) -> Vec<i32> {
    let mut q: VecDeque<i32> = VecDeque::new();
    for x in v {
        if x % 2 == 0 {
            q.push_back(*x)
        } else {
            q.push_front(*x)
        }
    }
    let mut o = vec![];
    while let Some(x) = q.pop_front() {
        o.push(x);
    }
    o
}
fn cmpf(a: i32, b: i32) -> Ordering {
    match a.cmp(&b) {
        Ordering::Less => Ordering::Greater,
        o => o.then(b.cmp(&3)),
    }
}
fn srt(v: &mut Vec<(i32, i32)>) {
    v.sort_by(|a, b| b.1.cmp(&a.1));
    v.sort_by_key(|p| p.0);
    v.dedup();
}
fn shadow(x: i32) -> i32 {
    let x = x as i64;
    let x = {
        let x = x + 1;
        x * 2
    };
    if x > 5 {
        let x = 1;
        x
    } else {
        x as i32
    }
}
fn f64s(a: f64, b: f64) -> (f64, f64, f64, bool) {
    (a.max(b), a.min(b), a.powi(3) / b, a < b)
}
fn f64t(a: f64) -> (f64, f64, f64, f64, f64) {
    (a.abs(), a.floor(), a.round(), a.ln(), a.signum())
}
fn fsum(v: &[f64]) -> f64 {
    v.iter().sum()
}
fn checked(a: i32, b: i32) -> (Option<i32>, (i32, bool), i32, Option<i32>) {
    (
        a.checked_mul(b),
        a.overflowing_sub(b),
        a.saturating_add(b),
        a.checked_div(b),
    )
}
fn remove(v: &mut Vec<i32>, i: usize) -> i32 {
    let x = v.remove(i);
    v.insert(0, x);
    v.truncate(3);
    x
}
fn pops(v: &mut Vec<i32>) -> (Option<i32>, Option<i32>) {
    (v.pop(), v.pop())
}
fn condor(v: &[i32], i: usize) -> bool {
    i < v.len() && v[i] > 0 || v.len() == 3 && v[2] / v[0] == 1
}
fn res(a: i32) -> Result<i32, String> {
    let r: Result<i32, String> = if a > 3 {
        Ok(a)
    } else {
        Err("small".to_string())
    };
    let x = r?;
    Ok(x * 2)
}
fn parse(s: &str) -> Option<i32> {
    s.trim().parse::<i32>().ok()
}
fn letelse(o: Option<(i32, i32)>) -> i32 {
    let Some((a, b)) = o else {
        return -1;
    };
    a - b
}
fn asserted(a: i32) -> i32 {
    assert!(a > 2, "no");
    assert_eq!(a % 2, 0);
    if a > 100 {
        panic!("big {}", a);
    }
    a
}
fn tup(t: (i32, (u8, bool))) -> (bool, i32) {
    let (a, (b, c)) = t;
    let mut z = (a, b);
    z.1 = 3;
    z.0 += z.1 as i32;
    (c, z.0)
}
fn closure(n: i32) -> i32 {
    let k = 3;
    let add = |x: i32| x + k;
    let mut t = 0;
    let mut inc = |y: i32| t += y;
    inc(n);
    inc(4);
    add(t)
}
fn nested(n: usize) -> Vec<Vec<usize>> {
    let mut g = vec![vec![0; n]; n];
    for i in 0..n {
        for j in 0..n {
            g[i][j] = i * j;
            if i > 0 {
                g[i][j] += g[i - 1][j];
            }
        }
    }
    g
}
fn u(v: &[u32]) -> u32 {
    v.iter().map(|x| x - 1).sum()
}
fn posn(v: &[i32], t: i32) -> Option<usize> {
    v.iter().position(|&x| x == t)
}
fn binsearch(v: &[i32], t: i32) -> Option<usize> {
    let (mut lo, mut hi) = (0, v.len());
    while lo < hi {
        let mid = lo + (hi - lo) / 2;
        match v[mid].cmp(&t) {
            Ordering::Equal => return Some(mid),
            Ordering::Less => lo = mid + 1,
            Ordering::Greater => hi = mid,
        }
    }
    None
}
fn btset(v: &[i32]) -> Vec<i32> {
    let s: BTreeSet<i32> = v.iter().cloned().collect();
    s.iter().map(|x| x * 2).collect()
}
fn strb(b: u8, c: u8) -> (u8, bool) {
    ((b - b'a' + 13) % 26 + b'a', c.is_ascii_uppercase())
}
fn mulassign(v: &mut [i32], k: i32) {
    for i in 0..v.len() {
        v[i] *= k;
        v[i] -= 1;
    }
    v.reverse();
}
fn quick(v: &mut [i32]) {
    if v.len() <= 1 {
        return;
    }
    let p = v.len() / 2;
    v.swap(0, p);
    let mut m = 0;
    for i in 1..v.len() {
        if v[i] < v[0] {
            m += 1;
            v.swap(m, i);
        }
    }
    v.swap(0, m);
    quick(&mut v[..m]);
    quick(&mut v[m + 1..]);
}
fn charmap(s: &str, k: u8) -> String {
    s.chars()
        .map(|c| {
            if c.is_ascii_lowercase() {
                ((c as u8 - b'a' + k) % 26 + b'a') as char
            } else {
                c
            }
        })
        .collect()
}
fn tw(v: &[i32]) -> Vec<i32> {
    v.iter().take_while(|x| **x < 5).cloned().collect()
}
fn fm(v: &[i32]) -> Vec<i32> {
    v.iter()
        .flat_map(|x| vec![*x, x / 2])
        .filter_map(|x| if x > 1 { Some(x - 1) } else { None })
        .collect()
}
fn dchunks(v: &[i32], n: usize) -> Vec<i32> {
    v.chunks(n).map(|c| c.iter().sum::<i32>()).collect()
}
fn sb(n: usize) -> Vec<usize> {
    (0..20).step_by(n).collect()
}
fn colr(v: &[i32]) -> Option<Vec<i32>> {
    v.iter().map(|x| x.checked_mul(1000000)).collect()
}
fn bools(a: bool, b: bool) -> (bool, bool, i32, u8) {
    (a & b, a ^ b, a as i32, (a | b) as u8)
}
fn casei(x: i16) -> (u16, i32, u64) {
    (x as u16, x as i32, x as u64)
}
fn ilog(x: u32) -> (u32, u32) {
    (x.ilog2(), x.leading_zeros() + x.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn examples() {
        assert_eq!(lits(), (200, -10, 255, 0.001));
        assert_eq!(shl_default(), 1048576);
        assert_eq!(casts((1i64)), (1, 1, 1, 1, 1.0, 1));
        assert_eq!(casts((12i64)), (12, 12, 12, 12, 12.0, 12));
        assert_eq!(fcast((-0.0f64)), (0, 0, 0, 0, 0));
        assert_eq!(fcast((0.1f64)), (0, 0, 0, 0, 0));
        assert_eq!(ch('Z'), (90, 90, true));
        assert_eq!(ch(' '), (32, 32, false));
        assert_eq!(byte((11u8)), '\u{b}');
        assert_eq!(byte((8u8)), '\u{8}');
        assert_eq!(shifts((1i32), (2u32)), (4, 0, 4));
        assert_eq!(shifts((0i32), (0u32)), (0, 0, 0));
        assert_eq!(divs((-168i32), (-2i32)), (84, 0));
        assert_eq!(divs((-3i32), (-63i32)), (0, -3));
        assert_eq!(eucl((9i32), (271i32)), (9, 0));
        assert_eq!(eucl((11i32), (2147483647i32)), (11, 0));
        assert_eq!(neg((12i8)), (-12, 12));
        assert_eq!(neg((10i8)), (-10, 10));
        assert_eq!(powi((4i32), (1u32)), 4);
        assert_eq!(powi(i32::MIN, (0u32)), 1);
        assert_eq!(idx(&vec![(-31i32), (5i32), (-2i32)], (1usize)), -26);
        assert_eq!(
            idx(&vec![(-3i32), (2147483646i32), (-48i32), (7i32)], (2usize)),
            2147483598
        );
        assert_eq!(
            slice2(&vec![(0i32), (3i32)], (0usize), (1usize)),
            vec![0, 3, 3]
        );
        assert_eq!(opts(Some((4i32)), Some((-3i32))), None);
        assert_eq!(opts(None, Some((2i32))), None);
        assert_eq!(unw(Some((12u8))), 18);
        assert_eq!(unw(Some((12u8))), 18);
        assert_eq!(labelled((8u32)), 30);
        assert_eq!(labelled((2u32)), 1);
        assert_eq!(loopval((4u32)), 13);
        assert_eq!(loopval((5u32)), 13);
        assert_eq!(
            whilelet((108i32)),
            vec![
                108, 105, 102, 99, 96, 93, 90, 87, 84, 81, 78, 75, 72, 69, 66, 63, 60, 57, 54, 51,
                48, 25, 27, 28, 30, 31, 33, 34, 36, 37, 39, 40, 42, 43, 45, 46, 48, 49, 51, 52, 54
            ]
        );
        assert_eq!(whilelet((0i32)), vec![0]);
        assert_eq!(mat((5i32), 'A'), 0);
        assert_eq!(mat((55i32), '1'), 5);
        assert_eq!(
            slicepat(&vec![(-2i32), (-2i32), (145i32), (4i32), (1i32), (204i32)]),
            3
        );
        assert_eq!(slicepat(&vec![(7i32), (5i32), (-2i32)]), 9);
        assert_eq!(incl((10u8), (7u8)), 0);
        assert_eq!(incl((10u8), (212u8)), 7978);
        assert_eq!(chain(&vec![(2i32), (-1i32)]), vec![0]);
        assert_eq!(
            chain(&vec![(0i32), (8i32), (5i32), (31i32), (1i32), (1i32)]),
            vec![10, 4]
        );
        assert_eq!(
            chain2(&vec![(12i32), (-2147483647i32), (0i32), (7i32)], (8usize)),
            (-2147483640, 2, Some(-2147483647), false)
        );
        assert_eq!(
            chain2(&vec![(3i32), (2147483646i32)], (6usize)),
            (2147483646, 2, Some(3), true)
        );
        assert_eq!(fold(&vec![(2u8), (6u8), (0u8), (3u8)]), 14);
        assert_eq!(fold(&vec![(8u8), (10u8), (2u8), (1u8), (4u8), (1u8)]), 8);
        assert_eq!(zipw(&vec![(-2i32), (12i32)], &vec![(2i32)]), 10);
        assert_eq!(zipw(&vec![(-1i32)], &vec![(8i32)]), -8);
        assert_eq!(word("é"), vec!["É".to_string()]);
        assert_eq!(word("c"), vec!["C".to_string()]);
        assert_eq!(strs("éA"), (3, "Aé".to_string(), false, None));
        assert_eq!(strs("éa"), (3, "aé".to_string(), false, None));
        assert_eq!(bytes("ßz"), 192446);
        assert_eq!(bytes("yz zBzx"), 3539773925);
        assert_eq!(trim(" "), "!x-2-05");
        assert_eq!(trim(" "), "!x-2-05");
        assert_eq!(hm(&vec![(3i32)]), 2);
        assert_eq!(hm(&vec![(-2i32)]), 2);
        assert_eq!(
            bt(&vec![(-109i32), (-3i32), (0i32)]),
            vec![(-109, 0), (-3, 1), (0, 2)]
        );
        assert_eq!(
            bt(&vec![(1i32), (5i32), (11i32)]),
            vec![(1, 0), (5, 1), (11, 2)]
        );
        assert_eq!(hs(&vec![(3i32), (8i32)]), true);
        assert_eq!(
            hs(&vec![
                (8i32),
                (194i32),
                (2147483646i32),
                (2147483646i32),
                (6i32),
                (0i32)
            ]),
            false
        );
        assert_eq!(
            dq(&vec![(7i32), (-73i32), (5i32), (12i32)]),
            vec![5, -73, 7, 12]
        );
        assert_eq!(dq(&vec![(2i32), (0i32)]), vec![2, 0]);
        assert_eq!(cmpf((-2i32), (10i32)), Ordering::Greater);
        assert_eq!(cmpf((6i32), (9i32)), Ordering::Greater);
        assert_eq!(shadow((-1i32)), 0);
        assert_eq!(shadow((3i32)), 1);
        assert_eq!(
            f64s((0.1f64), (10.0f64)),
            (10.0, 0.1, 0.00010000000000000002, true)
        );
        assert_eq!(
            f64s((10.0f64), (3.0f64)),
            (10.0, 3.0, 333.3333333333333, false)
        );
        assert_eq!(f64t((3.0f64)), (3.0, 3.0, 3.0, 1.0986122886681098, 1.0));
        assert_eq!(f64t((10.0f64)), (10.0, 10.0, 10.0, 2.302585092994046, 1.0));
        assert_eq!(
            fsum(&vec![(-2.549153282065242f64), (-0.0f64), (1.0f64)]),
            -1.5491532820652418
        );
        assert_eq!(fsum(&vec![(3.0f64), (0.0f64)]), 3.0);
        assert_eq!(
            checked((-1i32), (10i32)),
            (Some(-10), (-11, false), 9, Some(0))
        );
        assert_eq!(
            checked((-3i32), (7i32)),
            (Some(-21), (-10, false), 4, Some(0))
        );
        assert_eq!(
            condor(&vec![(8i32), (228i32), (-91i32), (0i32)], (6usize)),
            false
        );
        assert_eq!(condor(&vec![(6i32)], (3usize)), false);
        assert_eq!(res((2i32)), Err("small".to_string()));
        assert_eq!(res((-1i32)), Err("small".to_string()));
        assert_eq!(parse("a-xa"), None);
        assert_eq!(parse("Cé2B"), None);
        assert_eq!(letelse(Some(((10i32), (6i32),))), 4);
        assert_eq!(letelse(Some(((-1i32), (7i32),))), -8);
        assert_eq!(asserted((10i32)), 10);
        assert_eq!(asserted((12i32)), 12);
        assert_eq!(tup(((270i32), ((4u8), true,),)), (true, 273));
        assert_eq!(tup(((4i32), ((4u8), true,),)), (true, 7));
        assert_eq!(closure((8i32)), 15);
        assert_eq!(closure((-19i32)), -12);
        assert_eq!(
            nested((9usize)),
            vec![
                vec![0, 0, 0, 0, 0, 0, 0, 0, 0],
                vec![0, 1, 2, 3, 4, 5, 6, 7, 8],
                vec![0, 3, 6, 9, 12, 15, 18, 21, 24],
                vec![0, 6, 12, 18, 24, 30, 36, 42, 48],
                vec![0, 10, 20, 30, 40, 50, 60, 70, 80],
                vec![0, 15, 30, 45, 60, 75, 90, 105, 120],
                vec![0, 21, 42, 63, 84, 105, 126, 147, 168],
                vec![0, 28, 56, 84, 112, 140, 168, 196, 224],
                vec![0, 36, 72, 108, 144, 180, 216, 252, 288]
            ]
        );
        assert_eq!(nested((1usize)), vec![vec![0]]);
        assert_eq!(u(&vec![(233u32)]), 232);
        assert_eq!(u(&vec![(3u32), (12u32), (7u32), (10u32)]), 28);
        assert_eq!(
            posn(
                &vec![(9i32), (4i32), (5i32), (-2i32), (-26i32), (-94i32)],
                (11i32)
            ),
            None
        );
        assert_eq!(posn(&vec![(4i32)], (3i32)), None);
        assert_eq!(binsearch(&vec![(-14i32)], (-111i32)), None);
        assert_eq!(
            binsearch(
                &vec![(1i32), (10i32), (6i32), (-2i32), (11i32), (2i32)],
                (10i32)
            ),
            None
        );
        assert_eq!(btset(&vec![(8i32), (-97i32)]), vec![-194, 16]);
        assert_eq!(
            btset(&vec![(6i32), (6i32), (10i32), (183i32)]),
            vec![12, 20, 366]
        );
        assert_eq!(strb((179u8), (5u8)), (114, false));
        assert_eq!(strb((103u8), (10u8)), (116, false));
        assert_eq!(charmap("A", (8u8)), "A");
        assert_eq!(charmap("", (0u8)), "");
        assert_eq!(tw(&vec![(5i32), (5i32), (-83i32), i32::MIN]), vec![]);
        assert_eq!(tw(&vec![(-2147483647i32)]), vec![-2147483647]);
        assert_eq!(fm(&vec![(5i32), (2i32)]), vec![4, 1, 1]);
        assert_eq!(fm(&vec![(3i32), (-74i32)]), vec![2]);
        assert_eq!(dchunks(&vec![(175i32), (0i32)], (11usize)), vec![175]);
        assert_eq!(
            dchunks(&vec![(-85i32)], (18446744073709551614usize)),
            vec![-85]
        );
        assert_eq!(sb((18446744073709551614usize)), vec![0]);
        assert_eq!(sb((72usize)), vec![0]);
        assert_eq!(colr(&vec![(12i32)]), Some(vec![12000000]));
        assert_eq!(colr(&vec![(2147483647i32), (11i32)]), None);
        assert_eq!(bools(false, false), (false, false, 0, 0));
        assert_eq!(bools(false, true), (false, true, 0, 1));
        assert_eq!(casei((-69i16)), (65467, -69, 18446744073709551547));
        assert_eq!(casei((5i16)), (5, 5, 5));
        assert_eq!(ilog((6u32)), (2, 30));
        assert_eq!(ilog((10u32)), (3, 29));
    }
}

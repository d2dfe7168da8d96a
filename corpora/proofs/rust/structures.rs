//! Structs, enums, options and results.

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Dot,
    Square(u16),
    Box { width: u16, height: u16 },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Light {
    Red,
    Green,
    Amber,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BankError {
    Insufficient(u64),
    Overflow,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Leaf,
    Node(Box<Tree>, u8, Box<Tree>),
}

/// The steps between two points of a street grid.
#[ensures(|d| *d >= 0 && (*d == 0) == (p == q))]
pub fn manhattan(p: Point, q: Point) -> i64 {
    (p.x as i64 - q.x as i64).abs() + (p.y as i64 - q.y as i64).abs()
}

/// The point mirrored in the diagonal.
#[ensures(|q| q.x == p.y && q.y == p.x)]
pub fn mirrored(p: Point) -> Point {
    Point { x: p.y, y: p.x }
}

impl Rect {
    /// Width times height fits twice the bits.
    #[ensures(|a| *a == self.width as u64 * self.height as u64)]
    pub fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether a place lies inside, whatever the numbers.
    #[ensures(|r| *r == (self.left <= x && (x as u64) < self.left as u64 + self.width as u64
        && self.top <= y && (y as u64) < self.top as u64 + self.height as u64))]
    pub fn contains(&self, x: u32, y: u32) -> bool {
        x >= self.left && x - self.left < self.width && y >= self.top && y - self.top < self.height
    }

    /// Grows to the right, as far as possible.
    #[ensures(self.width >= old(self).width && self.height == old(self).height)]
    pub fn widen(&mut self, by: u32) {
        self.width = self.width.saturating_add(by);
    }
}

/// The area of any shape.
#[ensures(|a| match shape { Shape::Dot => *a == 0, Shape::Square(s) => *a == *s as u32 * *s as u32,
                            Shape::Box { width, height } => *a == *width as u32 * *height as u32 })]
pub fn area(shape: &Shape) -> u32 {
    match shape {
        Shape::Dot => 0,
        Shape::Square(side) => u32::from(*side) * u32::from(*side),
        Shape::Box { width, height } => u32::from(*width) * u32::from(*height),
    }
}

/// Red, green, amber, and so on.
#[ensures(|next| *next != light)]
#[ensures(|next| (light == Light::Red) == (*next == Light::Green))]
pub fn next_light(light: Light) -> Light {
    match light {
        Light::Red => Light::Green,
        Light::Green => Light::Amber,
        Light::Amber => Light::Red,
    }
}

/// What is left, or how much was missing.
#[ensures(|r| match r {
    Ok(left) => *left + amount == balance,
    Err(BankError::Insufficient(missing)) => amount > balance && *missing == amount - balance,
    Err(BankError::Overflow) => false,
})]
pub fn withdraw(balance: u64, amount: u64) -> Result<u64, BankError> {
    if amount <= balance {
        Ok(balance - amount)
    } else {
        Err(BankError::Insufficient(amount - balance))
    }
}

/// From one account to the other; nothing is lost.
#[requires(from as u128 + to as u128 <= u64::MAX as u128)]
#[ensures(|r| match r {
    Ok((a, b)) => *a as u128 + *b as u128 == from as u128 + to as u128 && *b == to + amount,
    Err(e) => amount > from && *e == BankError::Insufficient(amount - from),
})]
pub fn transfer(from: u64, to: u64, amount: u64) -> Result<(u64, u64), BankError> {
    let left = withdraw(from, amount)?;
    let there = to.checked_add(amount).ok_or(BankError::Overflow)?;
    Ok((left, there))
}

/// The sum of two values where both are there.
#[ensures(|r| match (a, b) { (Some(x), Some(y)) => *r == Some(x as i64 + y as i64), _ => r.is_none() })]
pub fn both(a: Option<i32>, b: Option<i32>) -> Option<i64> {
    let x = a?;
    let y = b?;
    Some(x as i64 + y as i64)
}

/// A digit of a base.
#[requires(2 <= base && base <= 10)]
#[ensures(|r| match r { Ok(d) => *d < base && c as u32 == '0' as u32 + *d, Err(e) => *e == c })]
pub fn digit(c: char, base: u32) -> Result<u32, char> {
    let code = c as u32;
    if code < 48 || code >= 48 + base {
        return Err(c);
    }
    Ok(code - 48)
}

/// How many nodes a tree has, if not absurdly many.
#[ensures(|n| matches!(tree, Tree::Leaf) == (*n == 0))]
pub fn size(tree: &Tree) -> u32 {
    match tree {
        Tree::Leaf => 0,
        Tree::Node(left, _, right) => size(left).saturating_add(size(right)).saturating_add(1),
    }
}

/// Whether two closed intervals meet.
#[requires(a.0 <= a.1 && b.0 <= b.1)]
#[ensures(|r| *r == (a.0.max(b.0) <= a.1.min(b.1)))]
pub fn overlap(a: (i32, i32), b: (i32, i32)) -> bool {
    !(a.1 < b.0 || b.1 < a.0)
}

/// A time of day, some minutes later.
#[requires(hour < 24 && minute < 60)]
#[ensures(|(h, m)| *h < 24 && *m < 60)]
#[ensures(|(h, m)| *h * 60 + *m == (hour * 60 + minute + later % 1440) % 1440)]
pub fn later(hour: u32, minute: u32, later: u32) -> (u32, u32) {
    let total = (hour * 60 + minute + later % 1440) % 1440;
    (total / 60, total % 60)
}

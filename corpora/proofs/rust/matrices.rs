//! Vectors of vectors.

/// An n by n matrix of zeros with ones on the diagonal.
#[requires(n <= 1000)]
#[ensures(|m| m.len() == n && m.iter().all(|row| row.len() == n))]
#[ensures(|m| (0..n).all(|i| (0..n).all(|j| m[i][j] == if i == j { 1 } else { 0 })))]
pub fn identity(n: usize) -> Vec<Vec<u8>> {
    let mut m = Vec::new();
    for i in 0..n {
        let mut row = vec![0u8; n];
        row[i] = 1;
        m.push(row);
    }
    m
}

/// Whether all rows are as long as there are rows.
#[ensures(|r| *r == (0..m.len()).all(|i| m[i].len() == m.len()))]
pub fn is_square(m: &[Vec<i32>]) -> bool {
    for row in m {
        if row.len() != m.len() {
            return false;
        }
    }
    true
}

/// Where a value stands.
#[ensures(|r| match r {
    Some((i, j)) => *i < m.len() && *j < m[*i].len() && m[*i][*j] == key,
    None => m.iter().all(|row| row.iter().all(|x| *x != key)),
})]
pub fn find(m: &[Vec<i32>], key: i32) -> Option<(usize, usize)> {
    for i in 0..m.len() {
        for j in 0..m[i].len() {
            if m[i][j] == key {
                return Some((i, j));
            }
        }
    }
    None
}

/// One row scaled in place, the others as they were.
#[requires(at < m.len())]
#[ensures(m.len() == old(m).len())]
#[ensures((0..m.len()).all(|i| i == at || m[i] == old(m)[i]))]
#[ensures((0..m[at].len()).all(|j| m[at][j] == old(m)[at][j].wrapping_mul(by)))]
pub fn scale_row(m: &mut Vec<Vec<u32>>, at: usize, by: u32) {
    for j in 0..m[at].len() {
        m[at][j] = m[at][j].wrapping_mul(by);
    }
}

/// How long the rows are.
#[ensures(|out| out.len() == m.len() && (0..m.len()).all(|i| out[i] == m[i].len()))]
pub fn row_lengths(m: &[Vec<u8>]) -> Vec<usize> {
    m.iter().map(|row| row.len()).collect()
}

/// A column of a matrix that has it.
#[requires(m.iter().all(|row| j < row.len()))]
#[ensures(|c| c.len() == m.len() && (0..m.len()).all(|i| c[i] == m[i][j]))]
pub fn column(m: &[Vec<i64>], j: usize) -> Vec<i64> {
    let mut c = Vec::with_capacity(m.len());
    for row in m {
        c.push(row[j]);
    }
    c
}

/// The score at a rank, counted from 1.
pub fn nth_score(scores: &[i64], rank: i64) -> i64 {
    scores[(rank - 1) as usize]
}

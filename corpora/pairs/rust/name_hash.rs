/// The bucket of a name, given by its bytes.
pub fn name_hash(name: &[u8], buckets: u32) -> u32 {
    let mut code = 5381u32;
    for &byte in name {
        code = code.wrapping_mul(33).wrapping_add(u32::from(byte));
    }
    code % buckets
}

// Maps whose order nobody observes: Dafny's own.

function MapGet<K(==), V>(m: map<K, V>, k: K): Option<V>
{
  if k in m then Some(m[k]) else None
}

function MapGetOr<K(==), V>(m: map<K, V>, k: K, other: V): V
{
  if k in m then m[k] else other
}

function MapDiscard<K(==), V>(m: map<K, V>, k: K): map<K, V>
  ensures k !in MapDiscard(m, k)
{
  map x | x in m && x != k :: m[x]
}

function MapRemove<K(==), V>(m: map<K, V>, k: K): map<K, V>
  requires k in m
{
  MapDiscard(m, k)
}

// `{**m, **n}`
function MapMerge<K(==), V>(m: map<K, V>, n: map<K, V>): map<K, V>
{
  map x | x in m.Keys + n.Keys :: if x in n then n[x] else m[x]
}

// Inserted in order: the last value of a key stays.
function MapOf<K(==), V>(pairs: seq<(K, V)>): map<K, V>
{
  if |pairs| == 0 then map[]
  else
    var last := pairs[|pairs| - 1];
    MapOf(pairs[..|pairs| - 1])[last.0 := last.1]
}

// Maps whose insertion order is observed.

// The keys in the order of their insertion, and what they map to.
datatype DictParts<K, V> = DictParts(keys: seq<K>, values: map<K, V>)

predicate IsDict<K(==), V>(d: DictParts<K, V>)
{
  (forall i, j :: 0 <= i < j < |d.keys| ==> d.keys[i] != d.keys[j]) &&
  (forall k :: k in d.keys ==> k in d.values) &&
  (forall k :: k in d.values ==> k in d.keys)
}

type Dict<K(==), V> = d: DictParts<K, V> | IsDict(d) witness DictParts([], map[])

function DictEmpty<K(==), V>(): Dict<K, V>
{
  DictParts([], map[])
}

// Equality, which ignores the order.
predicate DictEqual<K(==), V(==)>(d: Dict<K, V>, e: Dict<K, V>)
{
  d.values == e.values
}

function DictGet<K(==), V>(d: Dict<K, V>, k: K): Option<V>
{
  if k in d.values then Some(d.values[k]) else None
}

function DictGetOr<K(==), V>(d: Dict<K, V>, k: K, other: V): V
{
  if k in d.values then d.values[k] else other
}

function DictInsert<K(==), V>(d: Dict<K, V>, k: K, v: V): Dict<K, V>
  ensures DictInsert(d, k, v).values == d.values[k := v]
{
  if k in d.values then DictParts(d.keys, d.values[k := v])
  else DictParts(d.keys + [k], d.values[k := v])
}

function Without<K(==)>(keys: seq<K>, k: K): seq<K>
  ensures forall i :: 0 <= i < |Without(keys, k)| ==> Without(keys, k)[i] in keys
  ensures k !in Without(keys, k)
  ensures forall i :: 0 <= i < |keys| ==> keys[i] == k || keys[i] in Without(keys, k)
  ensures (forall i, j :: 0 <= i < j < |keys| ==> keys[i] != keys[j]) ==>
    forall i, j :: 0 <= i < j < |Without(keys, k)| ==> Without(keys, k)[i] != Without(keys, k)[j]
{
  if |keys| == 0 then []
  else Without(keys[..|keys| - 1], k) + if keys[|keys| - 1] == k then [] else [keys[|keys| - 1]]
}

function DictDiscard<K(==), V>(d: Dict<K, V>, k: K): Dict<K, V>
{
  DictParts(Without(d.keys, k), map x | x in d.values && x != k :: d.values[x])
}

function DictRemove<K(==), V>(d: Dict<K, V>, k: K): Dict<K, V>
  requires k in d.values
{
  DictDiscard(d, k)
}

function DictValues<K(==), V>(d: Dict<K, V>): seq<V>
  ensures |DictValues(d)| == |d.keys|
  ensures forall i :: 0 <= i < |d.keys| ==> DictValues(d)[i] == d.values[d.keys[i]]
{
  ValuesOf(d.keys, d.values)
}

function ValuesOf<K(==), V>(keys: seq<K>, values: map<K, V>): seq<V>
  requires forall k :: k in keys ==> k in values
  ensures |ValuesOf(keys, values)| == |keys|
  ensures forall i :: 0 <= i < |keys| ==> ValuesOf(keys, values)[i] == values[keys[i]]
{
  if |keys| == 0 then []
  else ValuesOf(keys[..|keys| - 1], values) + [values[keys[|keys| - 1]]]
}

function DictItems<K(==), V>(d: Dict<K, V>): seq<(K, V)>
  ensures |DictItems(d)| == |d.keys|
  ensures forall i :: 0 <= i < |d.keys| ==> DictItems(d)[i] == (d.keys[i], d.values[d.keys[i]])
{
  Zip(d.keys, DictValues(d))
}

function DictInsertAll<K(==), V>(d: Dict<K, V>, pairs: seq<(K, V)>): Dict<K, V>
{
  if |pairs| == 0 then d
  else
    var last := pairs[|pairs| - 1];
    DictInsert(DictInsertAll(d, pairs[..|pairs| - 1]), last.0, last.1)
}

// Inserted in order: a repeated key keeps its first place and its last value.
function DictOf<K(==), V>(pairs: seq<(K, V)>): Dict<K, V>
{
  DictInsertAll(DictEmpty<K, V>(), pairs)
}

// `{**d, **e}`
function DictMerge<K(==), V>(d: Dict<K, V>, e: Dict<K, V>): Dict<K, V>
{
  DictInsertAll(d, DictItems(e))
}

// Dafny 2, printed from ordered_maps.ir.

// first_key, line 2
function method first_key(m: Dict<Str, int>): Str
  requires |m.values| > 0
{
  m.keys[0]
}

// invert, line 8
function method invert(m: Dict<Str, int>): Dict<int, Str>
{
  DictOf(Map(m.keys, (k: Str) requires k in m.values => (m.values[k], k)))
}

// same, line 12
predicate method same(a: Dict<Str, int>, b: Dict<Str, int>)
{
  DictEqual(a, b)
}

// What the functions above lean on.

newtype Char = c: int | 0 <= c < 0xD800 || 0xE000 <= c < 0x110000

type Str = seq<Char>

function method Map<T, U>(xs: seq<T>, f: T --> U): seq<U>
  requires forall x :: x in xs ==> f.requires(x)
  ensures |Map(xs, f)| == |xs|
  ensures forall i :: 0 <= i < |xs| ==> Map(xs, f)[i] == f(xs[i])
{
  if |xs| == 0 then [] else Map(xs[..|xs| - 1], f) + [f(xs[|xs| - 1])]
}

// The keys in the order of their insertion, and what they map to.
datatype DictParts<K, V> = DictParts(keys: seq<K>, values: map<K, V>)

predicate method IsDict<K(==), V>(d: DictParts<K, V>)
{
  (forall i, j :: 0 <= i < j < |d.keys| ==> d.keys[i] != d.keys[j]) &&
  (forall k :: k in d.keys ==> k in d.values) &&
  (forall k :: k in d.values ==> k in d.keys)
}

type Dict<K(==), V> = d: DictParts<K, V> | IsDict(d) witness DictParts([], map[])

function method DictEmpty<K(==), V>(): Dict<K, V>
{
  DictParts([], map[])
}

// Equality, which ignores the order.
predicate method DictEqual<K(==), V(==)>(d: Dict<K, V>, e: Dict<K, V>)
{
  d.values == e.values
}

function method DictInsert<K(==), V>(d: Dict<K, V>, k: K, v: V): Dict<K, V>
  ensures DictInsert(d, k, v).values == d.values[k := v]
{
  if k in d.values then DictParts(d.keys, d.values[k := v])
  else DictParts(d.keys + [k], d.values[k := v])
}

function method DictInsertAll<K(==), V>(d: Dict<K, V>, pairs: seq<(K, V)>): Dict<K, V>
{
  if |pairs| == 0 then d
  else
    var last := pairs[|pairs| - 1];
    DictInsert(DictInsertAll(d, pairs[..|pairs| - 1]), last.0, last.1)
}

// Inserted in order: a repeated key keeps its first place and its last value.
function method DictOf<K(==), V>(pairs: seq<(K, V)>): Dict<K, V>
{
  DictInsertAll(DictEmpty<K, V>(), pairs)
}

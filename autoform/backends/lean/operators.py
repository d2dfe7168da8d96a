"""How each operator of the catalogue is written in Lean.

An operator without a line here is refused before printing. `{0}`, `{1}` stand for arguments,
written so that they can be arguments in Lean too. `total` is the form used where the operator
cannot raise (`autoform.passes.purity`), `partial` an `Except Err`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """The templates of an operator."""

    total: str | None = None
    partial: str | None = None


def _total(**templates: str) -> dict[str, Form]:
    return {name.replace("__", "."): Form(total=text) for name, text in templates.items()}


def _partial(**templates: str) -> dict[str, Form]:
    return {name.replace("__", "."): Form(partial=text) for name, text in templates.items()}


_NUMBERS: Final = {
    **_total(
        int__bit_and="Py.bitAnd {0} {1}",
        int__bit_or="Py.bitOr {0} {1}",
        int__bit_xor="Py.bitXor {0} {1}",
        int__signum="Int.sign {0}",
        int__bit_length="Py.bitLength {0}",
        int__bit_count="Py.bitCount {0}",
        int__gcd="(Int.gcd {0} {1} : Int)",
        int__lcm="(Int.lcm {0} {1} : Int)",
        int__to_str="String.toList (toString {0})",
        py__bin="Py.digits 2 ['0', 'b'] {0}",
        py__oct="Py.digits 8 ['0', 'o'] {0}",
        py__hex="Py.digits 16 ['0', 'x'] {0}",
        float__div="{0} / {1}",
        float__is_nan="Float.isNaN {0}",
        float__is_finite="Float.isFinite {0}",
        float__is_infinite="Float.isInf {0}",
        float__sqrt="Float.sqrt {0}",
        char__code="(Char.toNat {0} : Int)",
        char__to_str="[{0}]",
    ),
    **_partial(
        int__isqrt="Py.isqrt {0}",
        int__factorial="Py.factorial {0}",
        int__comb="Py.comb {0} {1}",
        int__perm="Py.perm {0} {1}",
        int__pow_mod="Py.powMod {0} {1} {2}",
        py__sqrt="Py.floatSqrt {0}",
        py__chr="Py.chr {0}",
        py__ord="Py.ord {0}",
    ),
    "floor_mod": Form("Int.fmod {0} {1}", "Py.floorMod {0} {1}"),
    "floor_div": Form("Int.fdiv {0} {1}", "Py.floorDiv {0} {1}"),
    "trunc_div": Form("Int.tdiv {0} {1}", "Py.truncDiv {0} {1}"),
    "trunc_rem": Form("Int.tmod {0} {1}", "Py.truncRem {0} {1}"),
    "euclid_div": Form("{0} / {1}", "Py.euclidDiv {0} {1}"),
    "euclid_mod": Form("{0} % {1}", "Py.euclidMod {0} {1}"),
    "int.shl": Form("{0} * (2 : Int) ^ (Int.toNat {1})", "Py.shiftLeft {0} {1}"),
    "int.shr": Form("{0} / (2 : Int) ^ (Int.toNat {1})", "Py.shiftRight {0} {1}"),
    "int.pow": Form("{0} ^ (Int.toNat {1})", "Py.pow {0} {1}"),
    "abs": Form("(Int.natAbs {0} : Int)"),
    "py.float_div": Form("{0} / {1}", "Py.floatDiv {0} {1}"),
}

_SEQUENCES: Final = {
    **_total(
        seq__len="(List.length {0} : Int)",
        seq__slice="Py.slice {0} {1} {2}",
        seq__slice_from="Py.sliceFrom {0} {1}",
        seq__slice_to="Py.sliceTo {0} {1}",
        seq__replace_slice="Py.replaceSlice {0} {1} {2} {3}",
        seq__concat="{0} ++ {1}",
        seq__repeat="Py.repeated {0} {1}",
        seq__append="{0} ++ [{1}]",
        seq__insert="Py.insert {0} {1} {2}",
        seq__delete_slice="Py.deleteSlice {0} {1} {2}",
        seq__contains="List.contains {0} {1}",
        seq__count="(List.count {1} {0} : Int)",
        seq__reverse="List.reverse {0}",
        seq__sorted="Py.sorted {0}",
        seq__sorted_desc="Py.sortedDesc {0}",
        seq__sort_by="Py.sortBy {0} {1}",
        seq__sort_by_desc="Py.sortByDesc {0} {1}",
        seq__enumerate="Py.enumerate {0} {1}",
        seq__zip="List.zip {0} {1}",
        seq__zip3="Py.zip3 {0} {1} {2}",
        seq__flatten="List.flatten {0}",
        seq__is_permutation="List.isPerm {0} {1}",
        seq__is_sorted="Py.isSorted {0}",
        seq__distinct="Py.distinct {0}",
        seq__to_set="Py.setOf {0}",
        seq__to_map="Py.mapOf {0}",
    ),
    **_partial(
        seq__at="Py.at {0} {1}",
        seq__at_neg="Py.atNeg {0} {1}",
        seq__update="Py.update {0} {1} {2}",
        seq__update_neg="Py.updateNeg {0} {1} {2}",
        seq__subslice="Py.subslice {0} {1} {2}",
        seq__insert_at="Py.insertAt {0} {1} {2}",
        seq__pop_last="Py.popLast {0}",
        seq__pop_at="Py.popAt {0} {1}",
        seq__delete_at="Py.deleteAt {0} {1}",
        seq__remove="Py.remove {0} {1}",
        seq__swap="Py.swap {0} {1} {2}",
        seq__index="Py.index {0} {1}",
        seq__min="Py.minimum {0}",
        seq__max="Py.maximum {0}",
        seq__min_by="Py.minBy {0} {1}",
        seq__max_by="Py.maxBy {0} {1}",
        seq__last_max_by="Py.lastMaxBy {0} {1}",
        seq__windows="Py.windows {0} {1}",
        seq__chunks="Py.chunks {0} {1}",
    ),
    "seq.range": Form("Py.range {0} {1} {2}", "Py.rangeBy {0} {1} {2}"),
    "seq.slice_step": Form("Py.sliceStep {0} {1} {2} {3}", "Py.sliceBy {0} {1} {2} {3}"),
}

_SETS_AND_MAPS: Final = {
    **_total(
        set__len="(List.length (Py.Set.items {0}) : Int)",
        set__contains="Py.setContains {0} {1}",
        set__add="Py.setAdd {0} {1}",
        set__discard="Py.setDiscard {0} {1}",
        set__union="Py.setUnion {0} {1}",
        set__intersection="Py.setInter {0} {1}",
        set__difference="Py.setDiff {0} {1}",
        set__symmetric_difference="Py.setSymmDiff {0} {1}",
        set__is_subset="Py.setSubset {0} {1}",
        set__is_proper_subset="Py.setProperSubset {0} {1}",
        set__is_disjoint="Py.setDisjoint {0} {1}",
        set__sorted="Py.sorted (Py.Set.items {0})",
        map__len="(List.length (Py.Map.items {0}) : Int)",
        map__contains="Py.mapContains {0} {1}",
        map__get="Py.mapGet {0} {1}",
        map__get_or="Py.mapGetOr {0} {1} {2}",
        map__insert="Py.mapInsert {0} {1} {2}",
        map__discard="Py.mapDiscard {0} {1}",
        map__keys="List.map Prod.fst (Py.Map.items {0})",
        map__values="List.map Prod.snd (Py.Map.items {0})",
        map__items="Py.Map.items {0}",
        map__key_set="Py.Set.mk (List.map Prod.fst (Py.Map.items {0}))",
        map__merge="Py.mapMerge {0} {1}",
    ),
    **_partial(
        set__remove="Py.setRemove {0} {1}",
        set__min="Py.minimum (Py.Set.items {0})",
        set__max="Py.maximum (Py.Set.items {0})",
        map__at="Py.mapAt {0} {1}",
        map__remove="Py.mapRemove {0} {1}",
    ),
}

_OPTIONS: Final = {
    **_total(
        option__some="some {0}",
        option__is_some="Option.isSome {0}",
        option__is_none="Option.isNone {0}",
        option__unwrap_or="Option.getD {0} {1}",
        result__is_ok="Py.isOk {0}",
    ),
    **_partial(
        option__unwrap="Py.unwrap {0}",
        result__unwrap="Py.unwrapOk {0}",
        result__unwrap_err="Py.unwrapError {0}",
    ),
}

_TEXT: Final = {
    **_total(
        str__len="(List.length {0} : Int)",
        str__slice="Py.slice {0} {1} {2}",
        str__slice_from="Py.sliceFrom {0} {1}",
        str__slice_to="Py.sliceTo {0} {1}",
        str__reverse="List.reverse {0}",
        str__concat="{0} ++ {1}",
        str__repeat="Py.repeated {0} {1}",
        str__contains="decide (0 ≤ Py.find {0} {1} 0)",
        str__find="Py.find {0} {1} 0",
        str__find_from="Py.findFrom {0} {1} {2}",
        str__rfind="Py.findLast {0} {1} 0 (-1)",
        str__count="Py.countText {0} {1}",
        str__starts_with="List.isPrefixOf {1} {0}",
        str__ends_with="List.isSuffixOf {1} {0}",
        str__replace="Py.replace {0} {1} {2}",
        str__replace_n="Py.replaceAtMost {0} {1} {2} {3}",
        str__chars="List.map (fun c => [c]) {0}",
        str__join="Py.join {0} {1}",
        py__split_whitespace="Py.words [] {0}",
        py__strip="Py.lstrip (Py.rstrip {0})",
        py__lstrip="Py.lstrip {0}",
        py__rstrip="Py.rstrip {0}",
        py__strip_chars="Py.lstripChars (Py.rstripChars {0} {1}) {1}",
        py__lstrip_chars="Py.lstripChars {0} {1}",
        py__rstrip_chars="Py.rstripChars {0} {1}",
        py__remove_prefix="Py.removePrefix {0} {1}",
        py__remove_suffix="Py.removeSuffix {0} {1}",
        py__isspace="!(List.isEmpty {0}) && List.all {0} Py.isSpace",
        py__isascii="List.all {0} (fun c => decide (c.toNat < 128))",
        py__zfill="Py.zfill {0} {1}",
    ),
    **_partial(
        str__at="Except.map (fun c => [c]) (Py.at {0} {1})",
        str__at_neg="Except.map (fun c => [c]) (Py.atNeg {0} {1})",
        str__char_at="Py.at {0} {1}",
        str__index="Py.indexOf {0} {1}",
        str__rindex="Py.lastIndexOf {0} {1}",
        str__split_n="Py.splitAtMost {0} {1} {2}",
    ),
    "str.slice_step": Form("Py.sliceStep {0} {1} {2} {3}", "Py.sliceBy {0} {1} {2} {3}"),
    "str.split": Form("Py.splitOn {0} {1}", "Py.split {0} {1}"),
    "py.ljust": Form("Py.padRight {0} {1} {2}", "Py.ljust {0} {1} {2}"),
    "py.rjust": Form("Py.padLeft {0} {1} {2}", "Py.rjust {0} {1} {2}"),
}

FORMS: Final[dict[str, Form]] = {**_NUMBERS, **_SEQUENCES, **_SETS_AND_MAPS, **_OPTIONS, **_TEXT}

BUILT_IN: Final = frozenset(
    {
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "min2",
        "max2",
        "not",
        "xor",
        "bool.and",
        "bool.or",
        "implies",
        "neg",
        "add",
        "sub",
        "mul",
        "int.bit_not",
        "int.widen",
        "int.narrow",
        "int.try_narrow",
        "int.wrap",
        "int.wrapping_neg",
        "int.abs_diff",
        "int.unsigned_abs",
        "seq.sum",
        "seq.product",
        "set.sum",
        "seq.fold",
        "bool.to_str",
        "bool.to_int",
        "str.to_chars",
        "str.from_chars",
        "result.ok",
        "result.err",
        *(
            f"int.{kind}_{name}"
            for kind in ("wrapping", "checked", "saturating", "overflowing")
            for name in ("add", "sub", "mul")
        ),
    }
)
"""Operators that `autoform.backends.lean.arithmetic` writes, by the types of their arguments."""

"""Nouns ↔ what JSON, Parquet and DuckDB hold of them: dictionaries, lists and scalars."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any


def bare(hint: Any) -> Any:
    """The hint without "| None" and without names for types."""
    if isinstance(hint, typing.NewType):
        return hint.__supertype__
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return bare(next(of for of in typing.get_args(hint) if of is not type(None)))
    return hint


def to_plain(value: Any) -> Any:
    """A noun as dictionaries, lists and scalars."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def from_plain(hint: Any, value: Any) -> Any:
    """What to_plain made of a value of this type, turned back."""
    turn = _turner(hint)
    return value if turn is None or value is None else turn(value)


@lru_cache(maxsize=512)
def _turner(hint: Any) -> Callable[[Any], Any] | None:
    """What turns a plain value of this type back; None where it is one already. Found once a type, not once a value."""
    hint = bare(hint)
    if dataclasses.is_dataclass(hint):
        noun: Any = hint
        fields = [(name, _turner(of)) for name, of in _hints(noun).items()]
        turning = [(name, turn) for name, turn in fields if turn is not None]

        def turned(row: Any) -> Any:
            values = {name: row[name] for name, _ in fields}
            for name, turn in turning:
                if values[name] is not None:
                    values[name] = turn(values[name])
            return noun(**values)

        return turned
    if typing.get_origin(hint) is tuple:
        item = _turner(typing.get_args(hint)[0])
        return tuple if item is None else lambda items: tuple(None if one is None else item(one) for one in items)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return None


@lru_cache(maxsize=64)
def _hints(noun: Any) -> Mapping[str, Any]:
    hints = typing.get_type_hints(noun)
    return {field.name: hints[field.name] for field in dataclasses.fields(noun)}

"""Reads as much of the protobuf text format as the ontology uses."""

import re

from .problem import Refused

TOKEN = re.compile(r'\s+|#[^\n]*|(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<word>[A-Za-z_][\w.]*)|'
                   r'(?P<number>-?\d+(?:\.\d+)?)|(?P<sign>[{}:,\[\]])')


def parse(text, path):
    """The message as a dict of field name to list of values. Refused with the line of the fault."""
    tokens, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Refused(f'{path}:{text.count(chr(10), 0, at) + 1}: cannot be read')
        if match.lastgroup:
            tokens.append((match.lastgroup, match.group(), text.count('\n', 0, at) + 1))
        at = match.end()
    message, rest = _message(tokens, 0, path, nested=False)
    assert rest == len(tokens)
    return message


def _message(tokens, at, path, nested):
    fields = {}
    while at < len(tokens):
        kind, word, line = tokens[at]
        if nested and word == '}':
            return fields, at + 1
        if kind != 'word' or at + 2 > len(tokens):
            raise Refused(f'{path}:{line}: expected a field, found {word}')
        at += 1
        if tokens[at][1] == ':':
            at += 1
        if tokens[at][1] == '{':
            value, at = _message(tokens, at + 1, path, nested=True)
            fields.setdefault(word, []).append(value)
        elif tokens[at][1] == '[':
            at += 1
            while tokens[at][1] != ']':
                if tokens[at][1] != ',':
                    fields.setdefault(word, []).append(_scalar(tokens[at]))
                at += 1
            at += 1
        else:
            value = _scalar(tokens[at])
            at += 1
            while at < len(tokens) and tokens[at][0] == 'text':  # Texts side by side are one.
                value += _scalar(tokens[at])
                at += 1
            fields.setdefault(word, []).append(value)
    if nested:
        raise Refused(f'{path}: a brace is not closed')
    return fields, at


def _scalar(token):
    kind, word, _ = token
    if kind == 'text':
        return word[1:-1].replace('\\"', '"').replace('\\\\', '\\')
    return word

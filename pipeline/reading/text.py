"""Bytes of a text file to str: encodings and line ends."""

import codecs

from . import Unreadable

# The longer mark first: the UTF-32 mark begins with the UTF-16 one.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")


def decode(data: bytes) -> str:
    """The text of data, byte order marks dropped, every line end "\\n", nothing else changed.

    UTF-8, UTF-16 and UTF-32 with a mark; UTF-8 without; UTF-16 without where every second byte says so; else
    Windows-1252.
    Raises Unreadable for binary content and for damaged UTF-16 and UTF-32.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"it is {kind}, not the form its name says.")
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None) or _bare_utf16(data)
    if encoding and encoding != "utf-8":
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise Unreadable(f"its text is damaged: it begins as {encoding.upper()} and does not go on so.") from None
        if "\0" in text:
            raise Unreadable("it holds binary data, not text.")
    else:
        controls = len(data) - len(data.translate(None, _CONTROLS))
        if b"\0" in data or controls * 100 > len(data):
            raise Unreadable("it holds binary data, not text.")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _broken_utf8(data)
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    # str.replace, the pair first: six times as fast here as one regular expression for all.
    for end in ("\r\n", "\r") if "\r" in text else ():
        text = text.replace(end, "\n")
    for end in () if text.isascii() else ("\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return text


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16's name where the text is English in it: every second byte is then NUL, and hardly any of the others."""
    head = data[:4096]
    if 0 not in head:
        return None
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if half and odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if half and even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _broken_utf8(data: bytes) -> str:
    """Windows-1252; or UTF-8 with some stray Windows-1252 bytes, where most of what is not ASCII is good UTF-8.

    Guessers (charset-normalizer) choose between the many one-byte encodings by likelihood and name another than
    Windows-1252 for some short English texts; in this field it is the only one.
    """
    whole = data.decode("utf-8", "ignore")
    good = len(whole) - len(whole.encode("ascii", "ignore"))
    stray = len(data) - len(whole.encode())
    if good > stray:
        return data.decode("utf-8", "pipeline-windows-1252")
    return data.decode("windows-1252", "replace")


def _stray(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end


codecs.register_error("pipeline-windows-1252", _stray)

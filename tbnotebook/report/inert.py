"""HTML of a notebook's author, made unable to ask for anything: the page's policy refuses it, this leaves it out."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

# A JSON data block is no program: browsers never run it.
_DATA_BLOCK = re.compile(r"application/(.+\+)?json|text/(plain|x-\w+)", re.IGNORECASE)
_EMBEDDED = re.compile(r"\s*(data:|blob:|#|$)", re.IGNORECASE)
_FRAMES = ("iframe", "object", "embed", "frame", "frameset", "portal")
_SOURCES = ("src", "srcset", "poster", "background", "data")
_REMOTE_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!\s*['\"]?(data:|#))", re.IGNORECASE)


def needs_scripts_or_network(html: str) -> bool:
    """Whether an output would be broken without its scripts or what it loads."""
    soup = BeautifulSoup(html, "html.parser")
    if any(not _is_data(script) for script in soup.find_all("script")):
        return True
    if soup.find(_FRAMES) is not None or soup.find("link", rel="stylesheet", href=True) is not None:
        return True
    tags = soup.find_all(True)
    return any(tag.has_attr(name) and not _EMBEDDED.match(str(tag[name])) for tag in tags for name in _SOURCES)


def make_inert(html: str) -> str:
    """`html` without scripts, handlers, frames and whatever it would load; a note stands where a picture was.

    Links stay: they do nothing until somebody follows them.
    """
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["script", "link", "meta", "base", *_FRAMES]):
        if tag.name == "script" and _is_data(tag):
            continue
        if tag.name in _FRAMES:
            tag.replace_with(_note(soup, f"Left out: a frame of {_address(tag)}, which needs a network."))
        else:
            tag.decompose()
    for style in soup.find_all("style"):
        if _REMOTE_STYLE.search(style.get_text()):
            style.decompose()
    for tag in soup.find_all(True):
        _strip(soup, tag)
    return str(soup)


def _strip(soup: BeautifulSoup, tag: Tag) -> None:
    for name in list(tag.attrs):
        value = str(tag[name])
        if tag.name == "img" and name.lower() == "src" and not _EMBEDDED.match(value):
            tag.insert_after(_note(soup, f"Left out: the picture {value[:200]}, which needs a network."))
        if _asks(tag, name.lower(), value):
            del tag[name]
    if tag.name == "img" and not tag.has_attr("src"):
        tag.decompose()


def _asks(tag: Tag, name: str, value: str) -> bool:
    """Whether an attribute runs a script, sends or loads something."""
    if name.startswith("on") or name in ("ping", "action", "formaction"):
        return True
    if name == "style":
        return _REMOTE_STYLE.search(value) is not None
    loads = name in _SOURCES or (name in ("href", "xlink:href") and tag.name not in ("a", "area"))
    return loads and not _EMBEDDED.match(value)


def _is_data(script: Tag) -> bool:
    return _DATA_BLOCK.fullmatch(str(script.get("type") or "").strip()) is not None


def _address(tag: Tag) -> str:
    return str(tag.get("src") or tag.get("data") or "another page")[:200]


def _note(soup: BeautifulSoup, words: str) -> Tag:
    note = soup.new_tag("span", attrs={"class": "tbn-note"})
    note.string = words
    return note

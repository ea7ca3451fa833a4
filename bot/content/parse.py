"""One file's text into a lesson, a term or a track. Pure: text in, a value and problems out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.content.front import Keys, Say, is_slug, read_mapping
from bot.domain.content import Choice, Lesson, Question, Source, Term, Track

MOST_CHOICES = 10
EXAMPLE_QUESTION = "## Question: which-reply"
MARKDOWN = MarkdownIt("commonmark")
ALLOWED = {
    "paragraph_open",
    "paragraph_close",
    "inline",
    "bullet_list_open",
    "bullet_list_close",
    "ordered_list_open",
    "ordered_list_close",
    "list_item_open",
    "list_item_close",
    "blockquote_open",
    "blockquote_close",
    "text",
    "softbreak",
    "hardbreak",
    "strong_open",
    "strong_close",
    "em_open",
    "em_close",
    "code_inline",
    "link_open",
    "link_close",
}
NAMES = {
    "heading_open": "a heading",
    "image": "a picture",
    "fence": "a code block",
    "code_block": "an indented block",
    "hr": "a ruler",
    "html_block": "HTML",
    "html_inline": "HTML",
}


@dataclass(frozen=True)
class Parts:
    """A file taken apart: its keys, its text and where the text begins."""

    keys: Keys
    text: str
    first_line: int


def take_apart(text: str, say: Say) -> Parts | None:
    """Front matter and Markdown; None when there is no readable front matter."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines or lines[0].strip() != "---":
        say(1, "the file doesn't begin with ---", 'Begin with a line "---", then the entries, then another "---"')
        return None
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        say(1, "the entries at the top aren't closed", 'Put a line "---" after the last entry')
        return None
    mapping = read_mapping("\n".join(lines[1:end]), 2, say)
    if mapping is None:
        return None
    return Parts(Keys(*mapping, 1, say), "\n".join(lines[end + 1 :]), end + 2)


def parse_lesson(text: str, say: Say, sources: Mapping[str, Source]) -> tuple[Lesson, Keys] | None:
    """A lesson's file."""
    parts = take_apart(text, say)
    if parts is None:
        return None
    keys = parts.keys
    lesson_id = keys.slug("id", "why-the-words-matter")
    title = keys.text("title", "Why the words matter", most=120)
    terms = keys.texts("terms", "[handle, mention]")
    cited = _sources(keys, sources)
    review_by = keys.day("review_by")
    keys.leave_none()
    body, question = _body_and_question(parts, say)
    if not body:
        say(parts.first_line, "the lesson has no text", "Write 80 to 120 words after the second ---")
    if not (keys.sound and lesson_id and body and question):
        return None
    return Lesson(lesson_id, title, body, question, terms, cited, review_by), keys


def parse_term(text: str, say: Say, sources: Mapping[str, Source]) -> tuple[Term, Keys] | None:
    """A jargon entry's file."""
    parts = take_apart(text, say)
    if parts is None:
        return None
    keys = parts.keys
    term_id = keys.slug("id", "fomo")
    term = keys.text("term", "FOMO", most=60)
    aliases = keys.texts("aliases", "[fear of missing out]")
    looked_up_as = keys.texts("looked_up_as", "[share]")
    stands_for = keys.text("stands_for", "fear of missing out", required=False, most=120)
    heard = keys.text("heard", '"We have to be on it, the board has FOMO."', most=300)
    use_when = keys.text("use_when", "you name the feeling in a plan, so that it can be discussed", most=300)
    avoid_when = keys.text("avoid_when", "you mean a customer's worry", most=300)
    related = keys.text("related", "the-fear-of-missing-out", required=False)
    cited = _sources(keys, sources)
    review_by = keys.day("review_by")
    keys.leave_none()
    body, question = _body_and_question(parts, say)
    if not body:
        say(
            parts.first_line,
            "the term has no meaning",
            "Say what it means in one or two sentences after the second ---",
        )
    if not (keys.sound and term_id and body and question):
        return None
    return Term(
        term_id,
        term,
        body,
        heard,
        use_when,
        avoid_when,
        question,
        stands_for or None,
        aliases,
        related or None,
        cited,
        review_by,
        looked_up_as,
    ), keys


def parse_track(text: str, say: Say) -> tuple[Track, Keys] | None:
    """A track's file, track.md."""
    parts = take_apart(text, say)
    if parts is None:
        return None
    keys = parts.keys
    track_id = keys.slug("id", "speak-the-language")
    title = keys.text("title", "Speak the language", most=80)
    is_open = keys.yes("open")
    items = keys.texts("items", "[why-the-words-matter, fomo]", required=True)
    following = keys.texts("next", "[the-landscape]")
    keys.leave_none()
    for item in sorted({i for i in items if items.count(i) > 1}):
        keys.fail("items", f'"{item}" stands in the list twice', "Keep one of them")
    summary = " ".join(parts.text.split())
    if not summary:
        say(
            parts.first_line, "the track has no summary", "Say in one sentence after the second --- what it is good for"
        )
    if len(summary) > 300:
        say(parts.first_line, f"the summary has {len(summary)} characters, 300 is the most", "Shorten it")
    if not (keys.sound and track_id and summary):
        return None
    return Track(track_id, title, summary, items, is_open, following), keys


def parse_sources(text: str, say: Say) -> dict[str, Source]:
    """The sources file: an entry for each claim's source."""
    mapping = read_mapping(text, 1, say)
    found: dict[str, Source] = {}
    if mapping is None:
        return found
    for source_id, entry in mapping[0].items():
        line = mapping[1][source_id]
        if not isinstance(entry, dict):
            say(
                line,
                f'the source "{source_id}" has no entries',
                "Give it claim, publisher, title, date, address, quotation and verified",
            )
            continue
        keys = Keys({str(k): v for k, v in entry.items()}, {}, line, say)
        keys.text("claim", "what the source is cited for")
        quotation = keys.text("quotation", '"at most 25 words of it"')
        if len(quotation.split()) > 25:
            keys.fail("quotation", f"the quotation has {len(quotation.split())} words, 25 is the most", "Shorten it")
        keys.text("verified", "read on 2026-11-24")
        source = Source(
            source_id,
            keys.text("publisher", "Pew Research Center", most=100),
            keys.text("title", "Social media use in 2025", most=200),
            keys.text("date", "2025", most=20),
            keys.text("address", "https://example.org/page"),
        )
        if source.address and not source.address.startswith(("https://", "http://")):
            keys.fail("address", f'the address of "{source_id}" is no web address', "Give the page's full address")
        keys.leave_none()
        if keys.sound:
            found[source_id] = source
    return found


def _sources(keys: Keys, known: Mapping[str, Source]) -> tuple[Source, ...]:
    cited = keys.texts("sources", "[pew-2025]")
    for source_id in cited:
        if source_id not in known:
            keys.fail("sources", f'there is no source "{source_id}"', "Add it to sources.yaml, or take the claim out")
    return tuple(known[s] for s in cited if s in known)


def _body_and_question(parts: Parts, say: Say) -> tuple[str, Question | None]:
    lines = parts.text.split("\n")
    tokens = MARKDOWN.parse(parts.text)
    headings = [
        n
        for n, t in enumerate(tokens)
        if t.type == "heading_open" and t.level == 0 and tokens[n + 1].content.lower().startswith("question")
    ]
    if not headings:
        _allowed(tokens, parts.first_line, say)
        say(parts.first_line, "there is no question", f'Add a heading such as "{EXAMPLE_QUESTION}", then the question')
        return "\n".join(lines).strip(), None
    start = headings[0]
    heading_map = tokens[start].map or [0, 1]
    if len(headings) > 1:
        second = (tokens[headings[1]].map or [0])[0]
        say(parts.first_line + second, "there are two questions", "Keep one; the other may be a lesson of its own")
    _allowed(tokens[:start], parts.first_line, say)
    body = "\n".join(lines[: heading_map[0]]).strip()
    return body, _question(tokens[start:], parts.first_line, say)


def _allowed(tokens: Sequence[Token], first_line: int, say: Say) -> None:
    line = first_line
    for token in tokens:
        line = first_line + token.map[0] if token.map else line
        for part in (token, *(token.children or ())):
            if part.type not in ALLOWED and not part.type.endswith("_close"):
                say(
                    line,
                    f"{NAMES.get(part.type, part.type)} can't be shown in a message",
                    "Use plain paragraphs, lists, **bold**, *italic* and links",
                )


def _question(tokens: Sequence[Token], first_line: int, say: Say) -> Question | None:
    heading = tokens[1].content
    line = first_line + (tokens[0].map or [0])[0]
    question_id = heading.partition(":")[2].strip()
    if not is_slug(question_id):
        say(line, "the question has no id of its own", f'Write the heading as "{EXAMPLE_QUESTION}"')
        return None
    stop = next((n for n, t in enumerate(tokens[3:], 3) if t.type == "heading_open"), len(tokens))
    stem = [t.content for t in tokens[3:stop] if t.type == "inline" and t.level == 1]
    choices, sound = _choices(tokens[3:stop], first_line, say)
    if not stem:
        say(line, "the question isn't asked", "Write the question in a paragraph under its heading")
        return None
    return _one_right(question_id, " ".join(" ".join(stem).split()), choices, line, say) if sound else None


def _choices(tokens: Sequence[Token], first_line: int, say: Say) -> tuple[tuple[Choice, ...], bool]:
    choices: list[Choice] = []
    sound = True
    for item in _items(tokens):
        line = first_line + (item[0].map or [0])[0]
        texts = [t.content for t in item if t.type == "inline"]
        label = " ".join(texts[0].split()) if texts else ""
        mark, text, reason = label[:3].lower(), label[3:].strip(), " ".join(" ".join(texts[1:]).split())
        if mark not in {"[x]", "[ ]"} or not text:
            say(
                line,
                "a choice doesn't begin with [ ] or [x]",
                'Write "- [ ] the choice", and "- [x] ..." for the right one',
            )
            sound = False
        elif not reason:
            say(
                line,
                f'the choice "{_short(text)}" has no reason',
                'Write below it, indented: "> why it is right, or why it tempts"',
            )
            sound = False
        else:
            choices.append(Choice(text, reason, mark == "[x]"))
    return tuple(choices), sound


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    found: list[list[Token]] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1:
            found.append([])
        if found:
            found[-1].append(token)
    return found


def _one_right(question_id: str, stem: str, choices: tuple[Choice, ...], line: int, say: Say) -> Question | None:
    rights = [c for c in choices if c.right]
    checks: list[tuple[bool, Callable[[], tuple[str, str]]]] = [
        (len(choices) < 2, lambda: ("the question has fewer than two choices", 'Add lines such as "- [ ] the choice"')),
        (
            len(choices) > MOST_CHOICES,
            lambda: (f"the question has more than {MOST_CHOICES} choices", "Keep the best four"),
        ),
        (not rights, lambda: ("no choice is marked as right", "Mark one with [x]")),
        (len(rights) > 1, lambda: (f"{len(rights)} choices are marked as right, and one is meant", "Keep one [x]")),
        (len({c.text for c in choices}) < len(choices), lambda: ("two choices read the same", "Change one of them")),
    ]
    wrong = [words() for failed, words in checks if failed]
    for problem, remedy in wrong:
        say(line, problem, remedy)
    return None if wrong else Question(question_id, stem, choices)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"

"""The benchmarks measure what they say. Small rounds: how fast it is says `make bench`, on a quiet machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests import figures
from tests.benchmarks import clicks, drain, run
from tests.benchmarks.measure import Bench, Figure, Pair, Wish, each, percentile, play
from tests.benchmarks.processes import fast_slack
from tests.benchmarks.slack import Manner
from tests.figures import BEGINS, ENDS, Row, with_table


def test_a_row_holds_the_medians_against_each_other_and_tells_the_spread(tmp_path: Path) -> None:
    ours, theirs = iter([2.0, 9.0, 3.0]), iter([1.0, 1.0, 2.0])

    @contextmanager
    def prepare(_: Wish) -> Iterator[Pair]:
        yield Pair(lambda: next(ours), lambda: next(theirs))

    (row,) = play(Bench("it", prepare, (Figure("It", "ms", at_most=3),)), Wish(tmp_path, rounds=3))
    assert (row.value, row.baseline, row.ratio, row.ok) == (3, 1, 3, True)
    assert row.name == "It (median of 3, 1.50 to 9.00)"


def test_what_must_not_be_spoils_a_row_whatever_its_ratio(tmp_path: Path) -> None:
    @contextmanager
    def prepare(_: Wish) -> Iterator[Pair]:
        yield Pair(lambda: 1.0, lambda: 1.0, ["3 posted twice"])

    (row,) = play(Bench("it", prepare, (Figure("It", "ms", at_most=3),)), Wish(tmp_path, rounds=1))
    assert not row.ok
    assert "3 posted twice" in row.name


def test_one_in_a_hundred_lies_above_the_ninety_ninth_percentile() -> None:
    assert percentile([float(n) for n in range(200)], 0.99) == 198


def test_the_table_takes_the_place_of_the_one_before() -> None:
    page = f"before\n{BEGINS}\nold\n{ENDS}\nafter\n"
    told = with_table(page, run.table_of([Row("taps", 1.5, "ms", 3, 0.5, "ratio <= 1", True)]))
    assert "old" not in told
    assert "| taps | 1.5 ms | 3 | 0.5 | <= 1 | yes |" in told
    assert told.endswith(f"{ENDS}\nafter\n")


def test_taps_are_acknowledged_and_leave_their_answers(tmp_path: Path) -> None:
    with clicks.ready(Wish(tmp_path), "sqlite", 25, warm=5) as (load, _, _slack):
        assert len(load.ours(50, 20)) == len(load.bare(50, 20)) == 20
        assert not [problem for problem in load.problems if "missing" in problem]


def test_a_tap_costs_the_bot_and_its_database_some_cpu(tmp_path: Path) -> None:
    with clicks.steady("postgres", Wish(tmp_path, rounds=1, seconds=0.5)) as pair:
        p50, p99, cpu, database_cpu = each(pair.ours())
        assert len(each(pair.baseline())) == 4
    assert 0 < p50 <= p99
    assert cpu > 0
    assert database_cpu > 0
    assert pair.problems == []


def test_a_row_without_a_bound_is_only_reported(tmp_path: Path) -> None:
    row = figures.row("it", 3, "ms", 1)
    assert (row.ratio, row.target, row.ok) == (3, "", None)
    figures.write([row], tmp_path / "rows.json")
    assert "ok" not in json.loads((tmp_path / "rows.json").read_text())[0]
    assert "reported |" in run.table_of([row])[-1]


def test_what_drains_is_posted_once(tmp_path: Path) -> None:
    with drain.drained("sqlite", 1, Wish(tmp_path, due=40)) as pair:
        assert min(each(pair.ours())) > 0
        assert min(each(pair.baseline())) > 0
    assert pair.problems == []


def test_more_than_slack_allows_is_refused_and_counted() -> None:
    with fast_slack() as slack:
        client = WebClient("xoxb-1", base_url=slack.api_url, retry_handlers=[])
        slack.behave(Manner(limit=5))
        said = [_posted(client) for _ in range(12)]
        told = slack.counted()
    assert told.refused == said.count(False) >= 1
    assert told.by_token["xoxb-1"] == said.count(True) >= 5


def _posted(client: WebClient) -> bool:
    try:
        client.chat_postMessage(channel="D0", text="x")
    except SlackApiError as error:
        assert error.response.status_code == 429
        return False
    return True

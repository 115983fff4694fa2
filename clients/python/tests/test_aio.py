from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from attlas.graph.messages import ImportRequest, Mutation, Node
from daemon import PATIENCE, Daemon

from attlas import aio, errors


def source(name: str) -> Node:
    return Node(name=f"sources/{name}", type="source", display_name=name)


def test_answers_pages_and_errors(shared: Daemon) -> None:
    async def ask() -> None:
        async with aio.connect(shared.address, timeout=PATIENCE) as atlas:
            dated = atlas.reading(as_of="2026-02-03")
            first, second = await asyncio.gather(
                dated.synergy.find_synergies(state="IDN", target="att"),
                dated.instruments.get_status(instrument="att", counts_only=True),
            )
            assert len(first.themes) == 32
            assert second.counts is not None
            names = [node.name async for node in atlas.graph.list_nodes_items(page_size=700)]
            pages = [page async for page in atlas.graph.list_nodes_pages(page_size=700)]
            assert len(pages) > 1
            assert names == [node.name for page in pages for node in page.nodes]
            with pytest.raises(errors.NotFound) as caught:
                await atlas.graph.get_node(name="states/XXX")
            assert caught.value.metadata["resource"] == "states/XXX"
            with pytest.raises(errors.DeadlineExceeded):
                [batch async for batch in atlas.graph.watch(timeout=0.5)]
            with pytest.raises(TypeError, match="names"):
                await atlas.graph.batch_get_nodes(names="states/IDN")

    asyncio.run(ask())


def test_streams_and_writes(start: Callable[..., Daemon]) -> None:
    address = start().address

    async def ask() -> None:
        async with aio.connect(address, timeout=PATIENCE) as atlas:
            session = atlas.session()
            pinned = await atlas.pinned()
            first = (await pinned.graph.get_node(name="states/IDN")).revision
            await session.graph.commit(mutations=[Mutation(create_node=source("a"))])
            assert (await session.graph.get_node(name="sources/a")).node is not None
            await session.graph.import_(
                [ImportRequest(nodes=[source("b")]), ImportRequest(row_count=1)]
            )
            seen: list[str] = []
            async with atlas.graph.watch(after_revision=first) as stream:
                async for batch in stream:
                    seen.extend(change.name for change in batch.changes)
                    if len(seen) >= 2:
                        stream.cancel()
                        break
            assert seen == ["sources/a", "sources/b"]
            async with atlas.graph.export() as export:
                nodes = [node.name async for batch in export for node in batch.nodes]
            assert "sources/b" in nodes
            with pytest.raises(errors.NotFound):
                await pinned.graph.get_node(name="sources/a")

    asyncio.run(ask())


def test_a_task_that_is_cancelled_cancels_its_call(folder: Path) -> None:
    async def ask() -> None:
        address = f"unix:{folder / 'none'}"
        async with aio.connect(address, wait_for_ready=True, timeout=PATIENCE) as atlas:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(atlas.graph.get_node(name="states/IDN"), 0.2)

    asyncio.run(ask())


def test_a_stream_that_is_cancelled_says_so(shared: Daemon) -> None:
    async def ask() -> None:
        async with aio.connect(shared.address) as atlas:
            stream = atlas.graph.watch(from_earliest=True)
            assert (await anext(stream)).through_revision
            asyncio.get_running_loop().call_later(0.1, stream.cancel)
            with pytest.raises(errors.Cancelled):
                async for _ in stream:
                    pass

    asyncio.run(ask())

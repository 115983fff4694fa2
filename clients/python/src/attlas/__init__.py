"""Client of Attlas, an atlas of arms-control commitments.

```python
import attlas

with attlas.connect("127.0.0.1:50151") as atlas:
    answer = atlas.reading(as_of="2026-02-03").synergy.find_synergies(state="IDN", target="att")
    print(answer.sentence)
```

Every service is an attribute of the client, every question a method with the fields of its request
as keywords, and every answer a dataclass. `attlas.errors` says what a call may end with,
`attlas.frames` makes tables for pandas of answers, `attlas.networks` makes graphs for networkx,
`attlas.streams` goes on where a connection broke off, and `attlas.aio` is for asyncio.
"""

from attlas import errors
from attlas._channel import Tls
from attlas.cancellation import Cancellation
from attlas.client import DEFAULT_TIMEOUT, Client, connect
from attlas.dates import Date, DateLike
from attlas.errors import Error
from attlas.graph.messages import Confidence, ReadOptions, TrafficLight

__all__ = [
    "DEFAULT_TIMEOUT",
    "Cancellation",
    "Client",
    "Confidence",
    "Date",
    "DateLike",
    "Error",
    "ReadOptions",
    "Tls",
    "TrafficLight",
    "connect",
    "errors",
]

"""How an answer is asked for, apart from what is asked; a call of the chain carries it in its configuration."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from langchain_core.runnables import RunnableConfig

from rag.patience import always

_KEY: Final = "manner"


@dataclass(frozen=True, slots=True)
class Manner:
    """`quotes_only`: without the language model, even where one is set. `wanted`: whether somebody still waits."""

    quotes_only: bool = False
    wanted: Callable[[], bool] = always

    def config(self) -> RunnableConfig:
        """For `invoke` and `stream` of the chain."""
        return {"configurable": {_KEY: self}}


def manner_of(config: RunnableConfig | None) -> Manner:
    """What a call was configured with; a call without is wanted to its end, and by whatever answers here."""
    found = (config or {}).get("configurable", {}).get(_KEY)
    return found if isinstance(found, Manner) else Manner()

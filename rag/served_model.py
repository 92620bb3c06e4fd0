"""A language model behind an OpenAI-compatible server, asked through LangChain; the only module that knows a vendor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from rag.language_model import Prompt

_LONGEST_REPLY: Final = 600
"""Tokens: a few sentences in any of the languages."""


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model of a server that speaks the chat-completions protocol: Ollama, llama.cpp, vLLM or a cloud."""

    chat: ChatOpenAI

    @property
    def name(self) -> str:
        return self.chat.model_name

    def reply(self, prompt: Prompt) -> Iterator[str]:
        for piece in self.chat.stream([("system", prompt.rules), ("user", prompt.data)]):
            yield str(piece.text)


def served_model(base_url: str, model: str, api_key: SecretStr, timeout: float) -> ServedModel:
    """The model `model` at `base_url`; `timeout` in seconds is for each wait on the server. Nothing is asked yet."""
    chat = ChatOpenAI(
        base_url=base_url,
        model=model,
        api_key=api_key,
        timeout=timeout,
        max_retries=0,
        temperature=0.0,
        max_completion_tokens=_LONGEST_REPLY,
    )
    return ServedModel(chat)

"""Errors in the form that OpenAI clients read, behind the doors that speak their protocol."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute


def openai_error(message: str, code: str, param: str | None = None, *, kind: str = "invalid_request_error") -> object:
    """The body of an error; `code` is what programs compare, `param` the field that is at fault."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


class OpenAIRoute(APIRoute):
    """A route whose refusals are told in that form, with the status 400 where other routes say 422."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return JSONResponse(_invalid(error), 400)
            except HTTPException as error:
                return JSONResponse(openai_error(error.detail, "model_not_found", "model"), error.status_code)
            except ValueError as error:
                return JSONResponse(openai_error(str(error), "unreadable_question", "messages"), 400)

        return told


def _invalid(error: RequestValidationError) -> object:
    first = error.errors()[0]
    param = ".".join(map(str, first["loc"][1:])) or None
    return openai_error(f"{param or 'body'}: {first['msg']}", first["type"], param)

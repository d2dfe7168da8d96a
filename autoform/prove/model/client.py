"""The one door to the `openai` package: a question over the network, tried a few times.

A server may do anything: ask to wait, fail, hang, send garbage or far too much. Whatever it does
becomes an answer or a `Failed` with a reason of ours. No text of a server is in a reason, since a
server that is sent a key can send it back.
"""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any, Final

from autoform.prove.model.exchange import Answer, Failed, Question, Reply
from autoform.prove.model.settings import INSTALL, KEY_VARIABLES, ModelSettings, ModelUnavailable

ATTEMPTS: Final = 5
UNANSWERED_ATTEMPTS: Final = 2
"""Of those that end without a status: a server that hangs or refuses is seldom better next time."""
MOST_WAIT: Final = 60.0
"""Seconds to wait between attempts. A server that asks for more is not asked again."""
MOST_BYTES: Final = 4_000_000
_CONNECT_SECONDS: Final = 10.0
_BUSY: Final = frozenset({408, 409, 425, 429})


class _TooMuch(Exception):
    """The body is larger, or takes longer, than any answer should."""


class _NoAnswer(Exception):
    """An attempt that failed. `wait` is what the server asked for; None when trying is no use."""

    def __init__(
        self, reason: str, *, again: bool, lasting: bool, wait: float | None = None, most: int
    ) -> None:
        super().__init__(reason)
        self.failed = Failed(reason, lasting)
        self.again = again
        self.wait = wait
        self.most = most


class Client:
    """A model behind an address. Each question is tried at most `ATTEMPTS` times."""

    def __init__(
        self,
        settings: ModelSettings,
        key: str | None,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare; nothing is sent yet. Raises `ModelUnavailable` without `openai` or a key."""
        try:
            import openai
        except ImportError:
            message = "a model is asked through the package `openai`, which is not installed"
            raise ModelUnavailable(message, f"install it with `{INSTALL}`") from None
        if key is None and settings.base_url is None:
            names = " or ".join(KEY_VARIABLES)
            message = "the environment holds no key for the model"
            raise ModelUnavailable(message, f"set {names}, or name a server with `--base-url`")
        self.name = settings.name
        self._openai: Any = openai
        self._settings = settings
        self._key = key
        self._sleep = sleep
        self._limit: dict[str, Any] = {"max_tokens": settings.answer_tokens}
        self._http = self._openai.DefaultHttpxClient(event_hooks={"response": [self._bound]})
        self._client = self._openai.OpenAI(
            api_key=key or "none",  # servers of one's own ask for none, the package does
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=0,
            default_headers={"Accept-Encoding": "identity"},
            http_client=self._http,
        )

    def ask(self, question: Question) -> Reply:
        """The answer, or why there is none after the last attempt."""
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._attempt(question)
            except _NoAnswer as failure:
                if not failure.again or attempt >= failure.most:
                    return failure.failed
                wait = failure.wait if failure.wait is not None else 0.5 * 2 ** (attempt - 1)
                if wait > MOST_WAIT:
                    reason = f"{failure.failed.reason} and asked to wait for {wait:.0f} seconds"
                    return Failed(reason, lasting=True)
                self._sleep(wait)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._http.close()

    def _attempt(self, question: Question) -> Answer:
        openai = self._openai
        try:
            response = self._client.chat.completions.with_raw_response.create(
                model=self.name, messages=question.messages, **self._limit
            )
            body = response.http_response.content
        except openai.APIStatusError as error:
            raise self._of_status(error) from None
        except openai.APITimeoutError:
            raise self._unanswered("did not answer in time") from None
        except _TooMuch as error:
            raise self._unanswered(str(error)) from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, _TooMuch):  # as older versions of the package wrap it
                raise self._unanswered(str(error.__cause__)) from None
            raise self._unanswered("cannot be reached") from None
        except (openai.OpenAIError, ValueError, UnicodeError):
            raise self._unanswered("did not speak the protocol") from None
        return self._read(body, question)

    def _unanswered(self, reason: str) -> _NoAnswer:
        text = f"the model's server {reason}"
        return _NoAnswer(text, again=True, lasting=True, most=UNANSWERED_ATTEMPTS)

    def _of_status(self, error: Any) -> _NoAnswer:  # noqa: ANN401 - an optional package's exception
        status = int(error.status_code)
        reason = f"the model's server answered with HTTP {status}"
        if status == 400 and error.param in {"max_tokens"} and "max_tokens" in self._limit:
            # Newer models of OpenAI know the limit by another name only.
            self._limit = {"max_completion_tokens": self._settings.answer_tokens}
            return _NoAnswer(reason, again=True, lasting=False, wait=0.0, most=ATTEMPTS)
        if status == 401:
            names = " or ".join(KEY_VARIABLES)
            reason = f"{reason}: it wants another key in {names}"
        spent = error.code == "insufficient_quota"
        again = (status in _BUSY or status >= 500) and not spent
        wait = _retry_after(error.response.headers) if again else None
        lasting = status not in {400, 413, 422}
        return _NoAnswer(reason, again=again, lasting=lasting, wait=wait, most=ATTEMPTS)

    def _read(self, body: bytes, question: Question) -> Answer:
        """The answer in the body of a response."""
        try:
            document = json.loads(body)
            choice = document["choices"][0]
            message = choice["message"]
            text, refusal = message.get("content"), message.get("refusal")
            usage = document.get("usage") or {}
            spent = usage.get("total_tokens")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            reason = "the model's server sent an answer that is cut off or malformed"
            raise _NoAnswer(reason, again=True, lasting=False, most=UNANSWERED_ATTEMPTS) from None
        if refusal or choice.get("finish_reason") == "content_filter":
            raise _NoAnswer("the model refused to answer", again=False, lasting=False, most=1)
        if not isinstance(text, str) or not text.strip():
            raise _NoAnswer("the model's answer is empty", again=False, lasting=False, most=1)
        if self._key:
            text = text.replace(self._key, "[key]")
        if not isinstance(spent, int) or isinstance(spent, bool) or spent <= 0:
            spent = (len(question.instructions) + len(question.text) + len(text)) // 4
        return Answer(text, spent)

    def _bound(self, response: Any) -> None:  # noqa: ANN401 - of httpx, or of what took its place
        """Have the body of a response end in an exception when it is too large or too slow."""
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _TooMuch("sent a compressed answer")
        http = importlib.import_module(type(response).__module__.partition(".")[0])
        stream, deadline = response.stream, time.monotonic() + self._settings.timeout

        class Bounded(http.SyncByteStream):  # type: ignore[name-defined,misc] # a base found at run time
            """The body, as far as the bounds go."""

            def __iter__(self) -> Iterator[bytes]:
                size = 0
                for part in stream:
                    size += len(part)
                    if size > MOST_BYTES:
                        raise _TooMuch(f"sent more than {MOST_BYTES} bytes")
                    if time.monotonic() > deadline:
                        raise _TooMuch("did not answer in time")
                    yield part

            def close(self) -> None:
                stream.close()

        response.stream = Bounded()


def _retry_after(headers: Any) -> float | None:  # noqa: ANN401 - of httpx, or of its successor
    """The seconds that a server asks to wait: a number, or a date."""
    text = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(text)) if text else None
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None

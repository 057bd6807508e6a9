"""LangChain against the real server, through both APIs that its packages speak: chat, streams, tools, structured answers, embeddings."""

from typing import Literal

import pytest
from langchain_core.tools import tool
from langchain_ollama import ChatOllama, OllamaEmbeddings
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel

CHAT, EMBEDDER = "qwen2.5-coder:0.5b", "multilingual-e5-small"
BOTH = pytest.mark.parametrize("api", ["ollama", "openai"])


class Concert(BaseModel):
    """A concert that somebody looks for."""

    city: Literal["Madrid", "Valencia", "Bilbao"]
    price_max: int


@tool
def weather(city: str) -> str:
    """The weather of a city."""
    return f"sunny in {city}"


def chat(server, api, tokens=24):
    if api == "ollama":
        return ChatOllama(base_url=server.url, model=CHAT, temperature=0, num_predict=tokens)
    return ChatOpenAI(base_url=server.url + "/v1", api_key="unused", model=CHAT, temperature=0, max_tokens=tokens, max_retries=0)


def embeddings(server, api):
    if api == "ollama":
        return OllamaEmbeddings(base_url=server.url, model=EMBEDDER)
    # Its own cutting of texts asks the tokenizer of another maker's models.
    return OpenAIEmbeddings(base_url=server.url + "/v1", api_key="unused", model=EMBEDDER, check_embedding_ctx_length=False, max_retries=0)


@BOTH
def test_a_dialogue_is_answered_and_counted(server, api):
    answer = chat(server, api).invoke([("system", "Answer with one word."), ("human", "What is the capital of France?")])
    assert "Paris" in answer.content
    assert answer.usage_metadata["input_tokens"] > 10 and answer.usage_metadata["output_tokens"] > 0


@BOTH
def test_a_stream_says_it_in_pieces(server, api):
    pieces = [chunk.content for chunk in chat(server, api).stream("Count from one to ten in words.")]
    assert len([piece for piece in pieces if piece]) > 5 and "two" in "".join(pieces).lower()


@BOTH
def test_several_questions_in_one_batch(server, api):
    answers = chat(server, api, tokens=8).batch(["Say one.", "Say two.", "Say three."])
    assert len(answers) == 3 and all(answer.content for answer in answers)


def test_a_tool_that_must_be_called_is_called(server):
    answer = chat(server, "openai", tokens=64).bind_tools([weather], tool_choice="weather").invoke("How is the weather in Madrid?")
    assert [call["name"] for call in answer.tool_calls] == ["weather"] and answer.tool_calls[0]["args"]["city"]


@BOTH
def test_a_structured_answer_is_an_object_of_the_class(server, api):
    asked = chat(server, api, tokens=64).with_structured_output(Concert, method="json_schema")
    assert isinstance(asked.invoke("Concerts in Valencia for at most 30 euros. Answer as JSON."), Concert)


@BOTH
def test_texts_are_embedded_and_compared_by_meaning(server, api):
    embedder = embeddings(server, api)
    texts = embedder.embed_documents(["passage: El reembolso se pide hasta 48 horas antes.", "passage: La sala abre a las ocho y media."])
    question = embedder.embed_query("query: ¿Cómo me devuelven el dinero?")
    refund, opening = (sum(a * b for a, b in zip(question, text)) for text in texts)
    assert refund > opening

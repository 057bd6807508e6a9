"""Images through real projectors (tiny, with random weights: tests/support/tiny_vision.py) and real text models: what they say is nonsense, but who
sees what, what is counted, what is cached and what is refused is as with a large model."""

import base64
import concurrent.futures
import hashlib
import pathlib
import random
import sys

import anthropic
import ollama
import openai
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import tiny_vision as tiny  # noqa: E402

CACHE = pathlib.Path(__import__("os").environ.get("FRAGUA_MODELS_CACHE", pathlib.Path.home() / ".cache/fragua/models"))
SMOL = CACHE / "smollm2-135m-instruct-q4_1.gguf"
QWEN = CACHE / "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
SMOL_WIDTH, QWEN_WIDTH = 576, 896
GREEDY = {"temperature": 0, "num_predict": 6}
# Of the tiny projector: 32 x 32 pixels in patches of 8 x 8.
IMAGE_TOKENS = 16


def encoded(data):
    return base64.b64encode(data).decode()


RED, BLUE = tiny.png(64, 48, seed=1), tiny.png(64, 48, seed=2)


def create(server, folder, name, *files, template=None):
    modelfile = folder / f"{name}.modelfile"
    modelfile.write_text("".join(f"FROM {file}\n" for file in files) + (template or ""))
    done = server.command("create", name, "-f", str(modelfile))
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def eyes(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("eyes")
    tiny.write_projector(folder / "mlp.gguf", "mlp", SMOL_WIDTH)
    create(server, folder, "eyes", SMOL, folder / "mlp.gguf")
    return server


def chat(server, *messages, model="eyes", status=200, **more):
    answer = server.post("/api/chat", {"model": model, "messages": list(messages), "stream": False, "options": GREEDY, **more})
    assert answer.status_code == status, answer.text
    return answer.json()


def user(text, *images):
    return {"role": "user", "content": text, "images": [encoded(image) for image in images]}


def refusal(server, image, text="what is it?"):
    body = image if isinstance(image, str) else encoded(image)
    return chat(server, {"role": "user", "content": text, "images": [body]}, status=400)["error"]


def test_a_model_made_of_a_text_model_and_a_projector_says_that_it_sees(eyes):
    shown = ollama.Client(host=eyes.url).show("eyes")
    assert "vision" in shown.capabilities and "completion" in shown.capabilities
    info = eyes.post("/api/show", {"model": "eyes"}).json()["projector_info"]
    assert info["general.architecture"] == "clip" and info["clip.vision.embedding_length"] == tiny.WIDTH
    assert "Projector" in eyes.command("show", "eyes").stdout
    assert "vision" not in ollama.Client(host=eyes.url).show("smollm2:135m").capabilities


def test_the_answer_depends_on_the_image_and_its_tokens_are_counted(eyes):
    logprobs = {"logprobs": True, "top_logprobs": 5}
    blind = chat(eyes, user("describe it"), **logprobs)
    red = chat(eyes, user("describe it", RED), **logprobs)
    blue = chat(eyes, user("describe it", BLUE), **logprobs)
    assert red["prompt_eval_count"] == blue["prompt_eval_count"] == blind["prompt_eval_count"] + IMAGE_TOKENS
    first = [answer["logprobs"][0] for answer in (blind, red, blue)]
    assert first[0] != first[1] and first[1] != first[2]


def test_the_same_image_is_served_from_the_cache_and_another_is_not(eyes):
    question = "Say what you see in this picture"
    first = chat(eyes, user(question, RED))
    again = chat(eyes, user(question, RED))
    assert again["message"]["content"] == first["message"]["content"]
    # All but the last token, which is computed for what follows it.
    assert again["prompt_cached_count"] == first["prompt_eval_count"] - 1
    other = chat(eyes, user(question, tiny.png(64, 48, seed=77)))
    assert other["prompt_cached_count"] < first["prompt_eval_count"] - IMAGE_TOKENS - len(question) / 8
    going_on = chat(eyes, user(question, RED), {"role": "assistant", "content": first["message"]["content"]}, user("Why?"))
    assert going_on["prompt_cached_count"] >= first["prompt_eval_count"] - 1


def test_where_an_image_stands_matters(eyes):
    def parts(*order):
        content = [{"type": "text", "text": part} if isinstance(part, str) else
                   {"type": "image_url", "image_url": {"url": "data:image/png;base64," + encoded(part)}} for part in order]
        answer = eyes.post("/v1/chat/completions", {"model": "eyes", "messages": [{"role": "user", "content": content}], "temperature": 0,
                                                    "max_tokens": 1, "logprobs": True, "top_logprobs": 5})
        assert answer.status_code == 200, answer.text
        return answer.json()["usage"]["prompt_tokens"], answer.json()["choices"][0]["logprobs"]

    first, second = parts("one", RED, "two", BLUE), parts("one", BLUE, "two", RED)
    assert first[0] == second[0] and first[1] != second[1]
    placed = chat(eyes, user("one [img] two [img]", RED, BLUE))
    before = chat(eyes, user("one  two ", RED, BLUE))
    assert placed["prompt_cached_count"] < placed["prompt_eval_count"] and before["prompt_eval_count"] > 2 * IMAGE_TOKENS


def test_the_official_clients_show_images(eyes, tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(RED)
    client = ollama.Client(host=eyes.url)
    asked = client.chat("eyes", [{"role": "user", "content": "what?", "images": [path]}], options=GREEDY)
    assert asked.prompt_eval_count > IMAGE_TOKENS
    assert client.generate("eyes", "what?", images=[RED], options=GREEDY).prompt_eval_count == asked.prompt_eval_count
    raw = client.generate("eyes", "what?", images=[RED], raw=True, options=GREEDY)
    assert IMAGE_TOKENS < raw.prompt_eval_count < asked.prompt_eval_count

    url = "data:image/png;base64," + encoded(RED)
    client = openai.OpenAI(base_url=eyes.url + "/v1", api_key="none")
    said = client.chat.completions.create(model="eyes", max_tokens=4, messages=[
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}, {"type": "text", "text": "what?"}]}])
    assert said.usage.prompt_tokens == asked.prompt_eval_count
    said = client.responses.create(model="eyes", max_output_tokens=4, input=[
        {"role": "user", "content": [{"type": "input_image", "image_url": url, "detail": "auto"}, {"type": "input_text", "text": "what?"}]}])
    assert said.usage.input_tokens == asked.prompt_eval_count

    client = anthropic.Anthropic(base_url=eyes.url, api_key="none")
    messages = [{"role": "user", "content": [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": encoded(RED)}},
                                             {"type": "text", "text": "what?"}]}]
    assert client.messages.create(model="eyes", max_tokens=4, messages=messages).usage.input_tokens > 0
    assert client.messages.count_tokens(model="eyes", messages=messages).input_tokens == asked.prompt_eval_count


def test_the_command_line_shows_a_picture_by_its_path(eyes, tmp_path):
    (tmp_path / "picture.png").write_bytes(RED)
    done = eyes.command("run", "eyes", "what is this? ./picture.png", "--verbose", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Added image 'picture.png'" in done.stderr


def test_images_beside_texts_all_finish_as_each_alone(eyes):
    questions = [user(f"picture number {i}", tiny.png(40, 40, seed=i)) if i % 2 else user(f"only text, number {i}") for i in range(6)]
    with concurrent.futures.ThreadPoolExecutor(len(questions)) as pool:
        together = list(pool.map(lambda question: chat(eyes, question), questions))
    assert all(answer["done_reason"] in ("stop", "length") for answer in together)
    assert [answer["prompt_eval_count"] for answer in together] == [chat(eyes, question)["prompt_eval_count"] for question in questions]
    assert "error" not in chat(eyes, user("and a text afterwards"))


def test_other_formats_and_sizes(eyes):
    assert chat(eyes, user("what?", tiny.bmp(33, 17)))["prompt_eval_count"] == chat(eyes, user("what?", tiny.png(1, 1)))["prompt_eval_count"]


@pytest.mark.parametrize("image, words", [
    ("this is no base64!", "is not base64"),
    ("data:image/png;base64," + encoded(RED), "without a data: prefix"),
    (b"words, not an image", "send PNG, JPEG, BMP or GIF"),
    (b"", "send PNG, JPEG, BMP or GIF"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "is WebP, which cannot be read; send PNG, JPEG, BMP or GIF"),
    (RED[:20], "is damaged"),
    (RED[: len(RED) // 2], "is damaged"),
    (tiny.png(16, 16, rows=200_000), "do not unpack to 16x16"),
    (tiny.png(50_000, 50_000, rows=1), "more than 50 megapixels"),
    (tiny.png(9_000, 9_000, rows=1), "9000x9000"),
    (tiny.png(6_000, 8, rows=8), "one side may be at most 200 times the other"),
], ids=["base64", "data", "words", "empty", "webp", "head", "half", "bomb", "huge", "large", "strip"])
def test_what_is_no_image_is_refused_with_what_is_wrong(eyes, image, words):
    error = refusal(eyes, image)
    assert words in error and "image 1 of the request" in error


def test_a_model_that_does_not_see_refuses_images_in_every_dialect(eyes):
    message = user("what?", RED)
    assert chat(eyes, message, model="smollm2:135m", status=400)["error"].startswith('"smollm2:135m" does not support images')
    for path, body in [
        ("/api/generate", {"prompt": "what?", "images": message["images"]}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": [
            {"type": "image_url", "image_url": {"url": "data:image/png;base64," + message["images"][0]}}]}]}),
        ("/v1/messages", {"max_tokens": 4, "messages": [{"role": "user", "content": [
            {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": message["images"][0]}}]}]}),
    ]:
        answer = eyes.post(path, {"model": "smollm2:135m", "stream": False, **body})
        assert answer.status_code == 400 and "does not support images" in answer.text, path


def test_addresses_are_not_fetched(eyes):
    for url in ("http://127.0.0.1:1/a.png", "https://example.com/a.png", "file:///etc/passwd", "data:image/png,plain"):
        answer = eyes.post("/v1/chat/completions", {"model": "eyes", "messages": [
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}]})
        assert answer.status_code == 400 and "data: URL with base64" in answer.json()["error"]["message"]
    answer = eyes.post("/v1/messages", {"model": "eyes", "max_tokens": 4, "messages": [
        {"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": "http://127.0.0.1:1/a.png"}}]}]})
    assert answer.status_code == 400 and "does not fetch" in answer.json()["error"]["message"]


def test_images_that_do_not_fit_are_refused_and_old_ones_go_with_their_message(eyes):
    small = {"options": {**GREEDY, "num_ctx": 96}}
    answer = chat(eyes, user("what?", *[tiny.png(8, 8, seed=i) for i in range(9)]), status=400, **small)
    assert "with its images" in answer["error"]
    answer = chat(eyes, user("first", RED, BLUE), {"role": "assistant", "content": "a"}, user("last", RED), **small)
    assert answer["truncated"] and answer["dropped_messages"] == 1 and answer["dropped_tokens"] > 2 * IMAGE_TOKENS


def test_a_context_that_was_handed_out_goes_on_and_a_forged_one_is_refused(eyes):
    first = eyes.post("/api/generate", {"model": "eyes", "prompt": "what?", "images": [encoded(RED)], "stream": False, "options": GREEDY}).json()
    assert all(token >= 0 for token in first["context"])
    more = {"model": "eyes", "prompt": "and?", "stream": False, "options": GREEDY}
    assert eyes.post("/api/generate", {**more, "context": first["context"]}).status_code == 200
    for token in (-1, -(2**31) + 1, 10_000_000):
        answer = eyes.post("/api/generate", {**more, "context": [1, token]})
        assert answer.status_code == 400 and "not in this model's vocabulary" in answer.text


def test_damaged_pictures_never_end_the_engine(eyes):
    chat(eyes, user("hello"))
    engines = eyes.engines()
    dice = random.Random(7)
    originals = [tiny.png(40, 30, seed=3), tiny.bmp(20, 20), b"GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x08\0\x08\0\0\x02\x07\x8c\x8f\xa9\xcb\xed\x0fc+\0;",
                 b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\0\x08\0\x08\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0" + bytes(range(64)) + b"\xff\xd9"]
    statuses = set()
    for number in range(48):
        picture = bytearray(originals[number % len(originals)])
        for _ in range(dice.randrange(1, 6)):
            picture[dice.randrange(len(picture))] = dice.randrange(256)
        if number % 5 == 0:
            del picture[dice.randrange(8, len(picture)):]
        answer = eyes.post("/api/chat", {"model": "eyes", "messages": [user("?", bytes(picture))], "stream": False,
                                         "options": {"temperature": 0, "num_predict": 1}})
        assert answer.status_code in (200, 400), (number, answer.text)
        statuses.add(answer.status_code)
    assert 400 in statuses and eyes.engines() == engines


def test_a_folder_with_both_files_and_the_api_make_the_same_model(eyes, tmp_path):
    (tmp_path / "text.gguf").symlink_to(SMOL)
    tiny.write_projector(tmp_path / "mmproj.gguf", "mlp", SMOL_WIDTH)
    (tmp_path / "config.json").write_text("{}")
    create(eyes, tmp_path, "from-folder", tmp_path)
    files = {path.name: "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.gguf")}
    assert eyes.post("/api/create", {"model": "from-api", "files": files, "stream": False}).status_code == 200
    for name in ("from-folder", "from-api"):
        assert "vision" in eyes.post("/api/show", {"model": name}).json()["capabilities"]
    assert "error" not in chat(eyes, user("what?", RED), model="from-folder")


def test_a_projector_of_another_model_is_told(eyes, tmp_path):
    tiny.write_projector(tmp_path / "other.gguf", "mlp", QWEN_WIDTH)
    create(eyes, tmp_path, "crossed", SMOL, tmp_path / "other.gguf")
    answer = eyes.post("/api/chat", {"model": "crossed", "messages": [user("what?", RED)], "stream": False})
    assert answer.status_code >= 400 and "projector" in answer.json()["error"]
    assert "error" not in chat(eyes, user("the other models go on"))


def test_an_image_whose_tokens_see_each_other(eyes, tmp_path):
    tiny.write_projector(tmp_path / "gemma3.gguf", "gemma3", SMOL_WIDTH)
    create(eyes, tmp_path, "eyes-gemma3", SMOL, tmp_path / "gemma3.gguf")
    first = chat(eyes, user("what?", RED), model="eyes-gemma3")
    again = chat(eyes, user("what?", RED), model="eyes-gemma3")
    assert again["message"] == first["message"] and again["prompt_cached_count"] == first["prompt_eval_count"] - 1
    assert chat(eyes, user("what?", BLUE), model="eyes-gemma3")["prompt_cached_count"] < first["prompt_eval_count"] - 5


def test_an_image_with_fewer_positions_than_tokens(eyes, tmp_path):
    """M-RoPE: an image of w x h tokens takes max(w, h) positions."""
    tiny.write_as_qwen2vl(QWEN, tmp_path / "text.gguf", [16, 24, 24, 0])
    tiny.write_projector(tmp_path / "mmproj.gguf", "qwen2vl_merger", QWEN_WIDTH)
    create(eyes, tmp_path, "eyes-qwen2vl", tmp_path / "text.gguf", tmp_path / "mmproj.gguf")
    picture, other = tiny.png(128, 64, seed=5), tiny.png(128, 64, seed=6)  # 8 x 4 tokens after merging
    question = user("Write one word.", picture)
    blind, first = (chat(eyes, message, model="eyes-qwen2vl") for message in (user("Write one word."), question))
    # Around the image stand <|vision_start|> and <|vision_end|>.
    assert first["prompt_eval_count"] == blind["prompt_eval_count"] + 8 * 4 + 2
    again = chat(eyes, question, model="eyes-qwen2vl")
    assert again["message"] == first["message"] and again["prompt_cached_count"] == first["prompt_eval_count"] - 1
    going_on = chat(eyes, question, first["message"], user("And the capital of France?"), model="eyes-qwen2vl")
    assert going_on["prompt_cached_count"] >= first["prompt_eval_count"] - 1
    assert chat(eyes, user("Write one word.", other), model="eyes-qwen2vl")["prompt_cached_count"] < first["prompt_eval_count"] - 8 * 4
    # The model itself is whole: without an image it knows what its original knows.
    said = chat(eyes, user("What is the capital of France? One word."), model="eyes-qwen2vl", options={"temperature": 0, "num_predict": 12})
    assert "Paris" in said["message"]["content"]

"""The commands as programs call them: output, exit status, what the server was asked."""

import json
import signal
import subprocess
import time

import pytest


def test_list_is_a_table(fragua):
    done = fragua("list")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["NAME", "ID", "SIZE", "MODIFIED"]
    assert lines[1].startswith("tiny:latest       abababababab    91 MB")
    assert lines[0].index("SIZE") == lines[1].index("91 MB")
    assert lines[1].endswith("years ago")
    assert done.returncode == 0 and done.stderr == ""


def test_ls_filters_by_prefix_and_prints_names(fragua):
    assert fragua("ls", "ti", "--names").stdout == "tiny:latest\n"
    assert [model["name"] for model in json.loads(fragua("ls", "TINY", "--json").stdout)["models"]] == ["tiny:latest"]


def test_ps_shows_processor_context_and_time(fragua):
    lines = fragua("ps").stdout.splitlines()
    assert lines[0].split() == ["NAME", "ID", "SIZE", "PROCESSOR", "CONTEXT", "UNTIL"]
    assert lines[1].split() == ["tiny:latest", "abababababab", "91", "MB", "100%", "CPU", "4096", "Forever"]


def test_show_in_sections_and_parts(fragua, fake):
    text = fragua("show", "tiny").stdout
    assert "  Model\n    architecture        llama\n    parameters          134.5M\n" in text
    assert "  Parameters\n    temperature    0.1\n" in text
    assert fragua("show", "tiny", "--modelfile").stdout == "FROM tiny:latest\n"
    assert fragua("show", "tiny", "--system").stdout == "Be brief.\n"
    assert json.loads(fragua("show", "tiny", "--json").stdout)["license"] == "MIT"
    fragua("show", "-v", "tiny")
    assert fake.bodies("/api/show")[-1]["verbose"] is True
    both = fragua("show", "tiny", "--system", "--license")
    assert both.returncode == 1 and "only one of" in both.stderr


def test_cp_rm_stop(fragua, fake):
    assert fragua("cp", "tiny", "copy").stdout == "copied 'tiny' to 'copy'\n"
    assert fragua("rm", "copy", "vectors").stdout == "deleted 'copy'\ndeleted 'vectors'\n"
    assert fragua("stop", "tiny").stdout == ""
    assert fake.bodies("/api/generate")[-1] == {"model": "tiny", "keep_alive": 0, "stream": False}
    assert json.loads(fragua("cp", "tiny", "x", "--json").stdout)["status"] == "success"


def test_errors_are_one_sentence_and_a_status(fragua):
    missing = fragua("rm", "nothing")
    assert missing.returncode == 1
    assert missing.stderr == "Error: model 'nothing' not found\n"
    as_json = fragua("rm", "nothing", "--json")
    assert json.loads(as_json.stderr) == {"error": "model 'nothing' not found"}
    wrong = fragua("rm")
    assert wrong.returncode == 2 and "`fragua rm --help`" in wrong.stderr


def test_without_a_server_it_says_how_to_start_one(fragua):
    done = fragua("list", "--host", "127.0.0.1:1")
    assert done.returncode == 1
    assert done.stderr == "Error: no server is running at http://127.0.0.1:1; start one with `fragua serve`\n"


def test_a_server_of_something_else_is_noticed(fragua, fake):
    fake.get = lambda handler: (handler.send_response(200), handler.send_header("Content-Length", "6"), handler.end_headers(),
                                handler.wfile.write(b"<html>"))
    done = fragua("list")
    assert done.returncode == 1 and "is no server of models" in done.stderr


def test_run_answers_once(fragua, fake):
    done = fragua("run", "tiny", "Say", "hello")
    assert done.stdout == "Hello there.\n" and done.stderr == "" and done.returncode == 0
    assert fake.bodies("/api/generate") == [{"model": "tiny", "prompt": "Say hello", "stream": True}]


def test_run_takes_the_prompt_from_the_standard_input(fragua, fake):
    fragua("run", "tiny", stdin="from a pipe")
    fragua("run", "tiny", "and words", stdin="from a pipe")
    assert [body["prompt"] for body in fake.bodies("/api/generate")] == ["from a pipe", "from a pipe and words"]


def test_run_passes_its_options_on(fragua, fake, tmp_path):
    schema = tmp_path / "schema.json"
    schema.write_text('{"type": "object"}')
    fragua("run", "tiny", "x", "--format", "json", "--keepalive", "5m", "--system", "S", "-o", "temperature=0.5", "-o", "stop=a",
           "-o", "stop=b", "--think=high")
    fragua("run", "tiny", "x", "--format", str(schema), "--keepalive", "-1", "--think")
    first, second = fake.bodies("/api/generate")
    assert first == {"model": "tiny", "prompt": "x", "system": "S", "stream": True, "options": {"temperature": 0.5, "stop": ["a", "b"]},
                     "format": "json", "think": "high", "keep_alive": "5m"}
    assert second["format"] == {"type": "object"} and second["keep_alive"] == -1 and second["think"] is True


@pytest.mark.parametrize("arguments", [("--format", "yaml"), ("--keepalive", "soon"), ("-o", "top_k=many"), ("-o", "frobnicate=1"),
                                       ("-o", "temperature")])
def test_run_refuses_wrong_options_before_it_asks(fragua, fake, arguments):
    done = fragua("run", "tiny", "x", *arguments)
    assert done.returncode == 1 and done.stderr.startswith("Error: ") and fake.requests == []


def test_run_verbose_prints_timings_as_ollama_does(fragua):
    done = fragua("run", "tiny", "x", "--verbose")
    assert "total duration:       1.234567891s\n" in done.stderr
    assert "eval rate:            60.00 tokens/s\n" in done.stderr
    assert done.stdout == "Hello there.\n"


def test_run_json_is_one_object(fragua):
    answer = json.loads(fragua("run", "thinker", "x", "--json").stdout)
    assert answer["response"] == "Hello there." and answer["thinking"] == "Let me see." and answer["eval_count"] == 298


def test_run_shows_or_hides_thinking(fragua):
    assert fragua("run", "thinker", "x").stdout == "Thinking...\nLet me see.\n...done thinking.\n\nHello there.\n"
    assert fragua("run", "thinker", "x", "--hidethinking").stdout == "Hello there.\n"


def test_run_reports_an_error_in_the_middle(fragua):
    done = fragua("run", "tiny", "break please")
    assert done.returncode == 1 and done.stdout == "Hello there.\n" and done.stderr == "Error: the engine stopped\n"


def test_run_fetches_a_model_that_is_not_there(fragua, fake):
    done = fragua("run", "other", "x")
    assert done.stdout == "Hello there.\n" and "pulling manifest" in done.stderr
    assert [body["model"] for body in fake.bodies("/api/pull")] == ["other"]
    missing = fragua("run", "missing", "x")
    assert missing.returncode == 1 and "Error: pull model manifest: file does not exist" in missing.stderr


def test_run_of_an_embedding_model_prints_its_vector(fragua):
    assert json.loads(fragua("run", "vectors", "three").stdout) == [0.1, -0.25, 5.0]


def test_run_sends_images_named_in_the_prompt(fragua, fake, tmp_path):
    (tmp_path / "a.png").write_bytes(b"PNG")
    done = fragua("run", "eyes", f"what is in {tmp_path}/a.png")
    body = fake.bodies("/api/generate")[-1]
    assert body["images"] == ["UE5H"] and body["prompt"] == "what is in" and "Added image 'a.png'" in done.stderr
    fragua("run", "tiny", f"what is in {tmp_path}/a.png")
    assert "images" not in fake.bodies("/api/generate")[-1]


def test_embed_prints_a_vector_a_line(fragua, fake):
    lines = fragua("embed", "vectors", "one", "three", "--dimensions", "3").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [[0.1, -0.25, 3.0], [0.1, -0.25, 5.0]]
    assert fake.bodies("/api/embed")[-1] == {"model": "vectors", "input": ["one", "three"], "dimensions": 3}
    assert len(fragua("embed", "vectors", stdin="a\n\nb\n").stdout.splitlines()) == 2
    assert fragua("embed", "vectors").returncode == 1


def test_pull_writes_plain_lines_without_a_terminal(fragua):
    done = fragua("pull", "new")
    lines = done.stderr.splitlines()
    assert lines[0] == "pulling manifest" and lines[-1] == "success" and "\x1b" not in done.stderr
    assert sum("pulling abab" in line for line in lines) == 11
    assert "pulling abababababab: 100% (1 MB)" in lines


def test_pull_json_passes_the_lines_on(fragua):
    lines = [json.loads(line) for line in fragua("pull", "new", "--json").stdout.splitlines()]
    assert lines[0] == {"status": "pulling manifest"} and lines[-1] == {"status": "success"}


def test_pull_stops_on_ctrl_c_and_tells_the_server(binary, fake, environment):
    process = subprocess.Popen([binary, "pull", "slow"], env={**environment, "FRAGUA_HOST": fake.host}, stderr=subprocess.PIPE, text=True)
    while "10%" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert process.wait(timeout=5) == 130
    assert time.monotonic() - began < 1
    assert fake.disconnected.wait(5)


def test_create_sends_what_the_server_does_not_have(fragua, fake, tmp_path):
    (tmp_path / "weights.gguf").write_bytes(b"GGUF" * 1000)
    (tmp_path / "Modelfile").write_text("FROM ./weights.gguf\nSYSTEM You search.\nPARAMETER temperature 0.1\nPARAMETER top_p 0.9\n")
    done = fragua("create", "search-nlp", "-q", "q8_0")
    assert done.returncode == 0, done.stderr
    (digest,) = fake.blobs
    assert fake.bodies("/api/create") == [{"model": "search-nlp", "stream": True, "quantize": "q8_0", "system": "You search.",
                                           "parameters": {"temperature": 0.1, "top_p": 0.9}, "files": {"weights.gguf": digest}}]
    assert "sending weights.gguf: 100% (4 KB)" in done.stderr and done.stderr.endswith("success\n")
    again = fragua("create", "again", "-f", str(tmp_path / "Modelfile"), cwd="/")
    assert again.returncode == 0
    assert sum(method == "POST" and path.startswith("/api/blobs/") for method, path, _ in fake.requests) == 1


def test_create_reads_a_modelfile_from_the_standard_input(fragua, fake):
    assert fragua("create", "mine", "-f", "-", stdin="FROM tiny\n").returncode == 0
    assert fake.bodies("/api/create") == [{"model": "mine", "stream": True, "from": "tiny"}]


def test_create_says_what_is_missing(fragua, tmp_path):
    assert "there is no Modelfile in this folder; name one with -f FILE" in fragua("create", "x").stderr
    (tmp_path / "Modelfile").write_text("FROM ./nothing.gguf\n")
    assert fragua("create", "x").stderr == "Error: FROM ./nothing.gguf: there is no such file or folder\n"
    (tmp_path / "Modelfile").write_text("FROM tiny\nPARAMETER frobnicate 1\n")
    assert "frobnicate" in fragua("create", "x").stderr


def test_bench_reports_medians(fragua, fake):
    done = fragua("bench", "tiny", "--runs", "3", "--tokens", "8", "--json")
    result = json.loads(done.stdout)
    assert result["runs"] == 3 and result["answer_tokens_per_second"]["median"] == pytest.approx(60, rel=0.01)
    prompts = [body["prompt"] for body in fake.bodies("/api/generate")]
    assert len(prompts) == 4 and len({prompt[:40] for prompt in prompts}) == 4
    assert fake.bodies("/api/generate")[-1]["options"]["num_predict"] == 8
    assert fragua("bench", "tiny", "--runs", "1").stdout.splitlines()[0].split() == ["MEASURE", "MEDIAN", "LEAST", "MOST"]


def test_the_key_is_sent_and_the_flag_wins_over_the_environment(fragua, fake):
    seen = []
    plain = fake.get
    fake.get = lambda handler: (seen.append(handler.headers["Authorization"]), plain(handler))
    fragua("list", "--host", fake.host, env={"FRAGUA_HOST": "127.0.0.1:1", "FRAGUA_API_KEY": "secret"})
    assert seen == ["Bearer secret"]


def test_help_and_version(fragua):
    assert fragua("--version").stdout.startswith("fragua version is ")
    assert "Usage:\n  fragua run [OPTIONS] MODEL [PROMPT...]" in fragua("run", "--help").stdout
    assert fragua("help", "run").stdout == fragua("run", "-h").stdout
    assert fragua().returncode == 0 and "Commands:" in fragua().stdout
    assert fragua("frobnicate").returncode == 2


def test_bash_completes_commands_options_and_models(binary, fragua, fake, environment, tmp_path):
    script = tmp_path / "completion"
    script.write_text(fragua("completion", "bash").stdout)
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "fragua").symlink_to(binary)

    def completed(*words):
        line = " ".join(f'"{word}"' for word in words)
        code = f'source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _fragua; printf "%s\\n" "${{COMPREPLY[@]}}"'
        env = {**environment, "FRAGUA_HOST": fake.host, "PATH": f"{folder}:{environment['PATH']}"}
        return subprocess.run(["bash", "-c", code], env=env, capture_output=True, text=True, timeout=30).stdout.split()

    assert completed("fragua", "p") == ["pull", "push", "ps"]
    assert completed("fragua", "create", "--q") == ["--quantize"]
    assert completed("fragua", "create", "--quantize", "q4") == ["q4_0", "q4_K_M"]
    assert completed("fragua", "run", "t") == ["tiny:latest", "thinker:latest"]
    assert completed("fragua", "completion", "") == ["bash", "zsh", "fish"]

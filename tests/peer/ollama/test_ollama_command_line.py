"""The real `ollama` command line against a Fragua server: every verb that a person uses."""

import hashlib
import json
import re

from peer_programs import gguf

CHAT = "smollm2:135m"


def rows(table):
    """The lines of a table below its head, by their first column."""
    lines = [line.split() for line in table.strip().splitlines()[1:]]
    return {line[0]: line for line in lines}


def test_list_shows_names_ids_and_sizes(ollama, fragua):
    head = ollama("list").splitlines()[0].split()
    assert head == ["NAME", "ID", "SIZE", "MODIFIED"]
    listed = rows(ollama("ls"))
    manifest = fragua.models / "manifests/registry.ollama.ai/library/smollm2/135m"
    assert listed[CHAT][1] == hashlib.sha256(manifest.read_bytes()).hexdigest()[:12]
    assert "multilingual-e5-small:latest" in listed


def test_show_prints_the_model_and_its_parts(ollama):
    shown = ollama("show", CHAT)
    for word in ("architecture", "llama", "parameters", "134.52M", "context length", "8192", "quantization", "Q4_1", "Capabilities", "completion"):
        assert word in shown
    assert "token_embd.weight" in ollama("show", "--verbose", CHAT)
    assert "im_start" in ollama("show", "--template", CHAT)
    assert ollama("show", "nobody", fails=True) == "Error: model 'nobody' not found\n"


def test_run_answers_a_question(ollama, fragua, tmp_path):
    """The same words as the API's own answer; without chance."""
    (tmp_path / "Modelfile").write_text(f"FROM {CHAT}\nPARAMETER temperature 0\nPARAMETER num_predict 16\n")
    ollama("create", "greedy", "-f", "Modelfile")
    question = "What is the capital of France? Answer in one word."
    told = fragua.post("/api/generate", {"model": "greedy", "prompt": question, "stream": False}).json()["response"]
    assert told.strip() and ollama("run", "greedy", question).strip() == told.strip()


def test_run_reads_a_pipe(ollama):
    assert ollama("run", CHAT, "Repeat this:", stdin="The iron is hot.").strip()


def test_run_with_format_json_gives_json(ollama, tmp_path):
    (tmp_path / "Modelfile").write_text(f"FROM {CHAT}\nPARAMETER temperature 0\n")   # by chance a small model may never end
    ollama("create", "steady", "-f", "Modelfile")
    assert isinstance(json.loads(ollama("run", "steady", "--format", "json", "Describe a cat with the keys name and legs. Be brief.")), (dict, list))


def test_run_verbose_prints_figures(ollama, command_environment):
    ollama("run", CHAT, "--verbose", "--keepalive", "10m", "Say hi")  # they go to stderr: that it ends well is what counts
    until = rows(ollama("ps"))[CHAT]
    assert until[-4:] == ["9", "minutes", "from", "now"] or until[-4:] == ["10", "minutes", "from", "now"]


def test_an_embedding_model_embeds(ollama):
    vector = json.loads(ollama("run", "multilingual-e5-small", "query: a forge"))
    assert len(vector) == 384 and abs(sum(x * x for x in vector) - 1) < 1e-3


def test_ps_and_stop(ollama):
    ollama("run", CHAT, "Say hi")
    assert ollama("ps").splitlines()[0].split() == ["NAME", "ID", "SIZE", "PROCESSOR", "CONTEXT", "UNTIL"]
    running = rows(ollama("ps"))[CHAT]
    assert running[4:7] == ["100%", "CPU", "4096"]
    ollama("stop", CHAT)
    assert CHAT not in rows(ollama("ps"))
    assert "couldn't find model" in ollama("stop", "nobody", fails=True)


def test_copy_and_remove(ollama):
    assert "copied" in ollama("cp", CHAT, "mine")
    assert "mine:latest" in rows(ollama("list"))
    assert "deleted" in ollama("rm", "mine")
    assert "mine:latest" not in rows(ollama("list"))
    assert "not found" in ollama("rm", "mine", fails=True)
    assert "not found" in ollama("cp", "mine", "yours", fails=True)


def test_create_from_a_model_and_its_modelfile_comes_back(ollama, tmp_path):
    (tmp_path / "Modelfile").write_text(f'FROM {CHAT}\nSYSTEM "Answer with one word."\nPARAMETER temperature 0.1\nPARAMETER top_p 0.9\n'
                                        'PARAMETER stop "END"\nMESSAGE user Hello\nMESSAGE assistant Hi\nLICENSE MIT\n')
    ollama("create", "search-nlp", "-f", "Modelfile")
    modelfile = ollama("show", "--modelfile", "search-nlp")
    for line in ("SYSTEM Answer with one word.", "PARAMETER temperature 0.1", "PARAMETER top_p 0.9", "PARAMETER stop END", "MESSAGE user Hello", "MESSAGE assistant Hi"):
        assert re.sub(r'"+', "", line) in re.sub(r'"+', "", modelfile), modelfile
    (tmp_path / "Again").write_text(re.sub(r"(?m)^FROM .*$", f"FROM {CHAT}", modelfile))
    ollama("create", "search-again", "-f", "Again")
    for part in ("--parameters", "--system", "--template", "--license"):
        assert ollama("show", part, "search-again") == ollama("show", part, "search-nlp")
    ollama("rm", "search-nlp", "search-again")


def test_create_from_a_file_uploads_it(ollama, tmp_path, fragua):
    copy = tmp_path / "own.gguf"
    copy.write_bytes(gguf().read_bytes())
    (tmp_path / "Modelfile").write_text("FROM ./own.gguf\nTEMPLATE {{ .Prompt }}\n")
    before = fragua.blob_files()
    ollama("create", "own", "-f", "Modelfile")
    weights = "sha256-" + hashlib.sha256(copy.read_bytes()).hexdigest()
    assert weights in before and fragua.blob_files().count(weights) == 1, "the same file is kept once"
    assert ollama("run", "own", "The iron is").strip()
    ollama("rm", "own")


def test_push_to_a_registry_and_pull_back(ollama, registry):
    name = f"{registry.host}/lib/smol:latest"
    ollama("cp", CHAT, name)
    assert name.removesuffix(":latest") in ollama("push", "--insecure", name)
    ollama("rm", name)
    assert name not in rows(ollama("list"))
    ollama("pull", "--insecure", name)
    assert name in rows(ollama("list"))
    ollama("rm", name)
    assert "Error: " in ollama("pull", "--insecure", f"{registry.host}/lib/nobody", fails=True)


def test_an_interactive_chat(terminal):
    chat = terminal("run", CHAT)
    chat.expect(">>> ", 60)
    chat.line("/set parameter temperature 0")
    chat.expect(">>> ", 20)
    chat.line("/set system Answer with one word.")
    chat.expect(">>> ", 20)
    chat.line("What is the capital of France?")
    chat.expect("Paris", 60)
    chat.expect(">>> ", 60)
    chat.line("/show info")
    chat.expect("134.52M", 20)
    chat.expect(">>> ", 20)
    chat.line("/save saved-chat")
    chat.expect("Created new model 'saved-chat'", 20)
    chat.expect(">>> ", 20)
    chat.line("/bye")
    assert chat.wait(20) == 0


def test_the_saved_chat_goes_on(terminal, ollama):
    assert "MESSAGE" in ollama("show", "--modelfile", "saved-chat")
    chat = terminal("run", "saved-chat")
    chat.expect("What is the capital of France?", 60)  # its history is shown
    chat.expect(">>> ", 60)
    chat.line("/bye")
    assert chat.wait(20) == 0
    ollama("rm", "saved-chat")


def test_its_version_is_told_apart_from_ours(ollama):
    assert "version" in ollama("--version")

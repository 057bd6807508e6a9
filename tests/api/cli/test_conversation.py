"""`fragua run MODEL` at a terminal: prompt, commands, Ctrl-C and Ctrl-D, history."""


def conversation(terminal, model="tiny", *arguments, **more):
    screen = terminal("run", model, *arguments, **more)
    screen.expect("Send a message (/? for help)")
    screen.expect(">>> ")
    return screen


def test_messages_and_answers_alternate(terminal, fake):
    screen = conversation(terminal)
    screen.line("hello")
    screen.expect("Hello there.\n\n")
    screen.expect(">>> ")
    screen.line("¿y tú, señor?")
    screen.expect("Hello there.")
    screen.expect(">>> ")
    screen.line("/bye")
    assert screen.wait() == 0
    assert [message["content"] for message in fake.bodies("/api/chat")[-1]["messages"]] == ["hello", "Hello there.", "¿y tú, señor?"]


def test_ctrl_d_leaves(terminal):
    screen = conversation(terminal)
    screen.type("\x04")
    assert screen.wait() == 0


def test_ctrl_c_stops_the_answer_and_not_the_program(terminal, fake):
    screen = conversation(terminal)
    screen.line("count")
    screen.expect("5 6 7")
    screen.type("\x03")
    screen.expect(">>> ", seconds=2)
    assert fake.disconnected.wait(5)
    screen.line("and then?")
    screen.expect("Hello there.")
    screen.expect(">>> ")
    said = [message["content"] for message in fake.bodies("/api/chat")[-1]["messages"]]
    assert said[0] == "count" and said[1].startswith("0 1 2") and said[2] == "and then?"
    screen.type("half a line\x03")
    screen.expect(">>> ")
    screen.type("\x03")
    screen.expect("Use Ctrl + d or /bye to exit.")
    screen.expect(">>> ")
    screen.line("/bye")
    assert screen.wait() == 0


def test_several_lines_between_quotes(terminal, fake):
    screen = conversation(terminal)
    screen.line('"""first')
    screen.expect("... ")
    screen.line("/bye is text")
    screen.expect("... ")
    screen.line('last"""')
    screen.expect("Hello there.")
    assert fake.bodies("/api/chat")[-1]["messages"][0]["content"] == "first\n/bye is text\nlast"


def test_a_paste_of_several_lines_is_one_message(terminal, fake):
    screen = conversation(terminal)
    screen.type("\x1b[200~one\rdos años\rthree\x1b[201~")
    screen.line("")
    screen.expect("Hello there.")
    assert fake.bodies("/api/chat")[-1]["messages"][0]["content"] == "one\ndos años\nthree"


def test_settings_reach_the_server(terminal, fake):
    screen = conversation(terminal)
    for typed, answered in [("/set parameter temperature 0.1", "Set parameter 'temperature' to '0.1'"),
                            ("/set parameter top_k many", "Couldn't set parameter"),
                            ("/set system Be a smith.", "Set system message."),
                            ("/set format json", "Set format to 'json' mode."),
                            ("/set nothink", "Set 'nothink' mode."),
                            ("/set verbose", "Set 'verbose' mode."),
                            ("/frobnicate", "Unknown command '/frobnicate'. Type /? for help"),
                            ("/set", "Available Commands:"),
                            ("/? shortcuts", "Available keyboard shortcuts:")]:
        screen.line(typed)
        screen.expect(answered)
        screen.expect(">>> ")
    screen.line("hello")
    screen.expect("eval rate:            60.00 tokens/s")
    body = fake.bodies("/api/chat")[-1]
    assert body["options"] == {"temperature": 0.1} and body["format"] == "json" and body["think"] is False
    assert body["messages"][0] == {"role": "system", "content": "Be a smith."}
    screen.expect(">>> ")
    screen.line("/clear")
    screen.expect("Cleared session context")
    screen.line("again")
    screen.expect("eval rate")
    assert len(fake.bodies("/api/chat")[-1]["messages"]) == 2


def test_show_tells_about_the_model(terminal):
    screen = conversation(terminal)
    for typed, answered in [("/show info", "architecture        llama"), ("/show license", "MIT"), ("/show modelfile", "FROM tiny:latest"),
                            ("/show parameters", "temperature                    0.1"), ("/show system", "Be brief."),
                            ("/show template", "{{ .Prompt }}"), ("/show", "Available Commands:"), ("/list", "thinker:latest")]:
        screen.line(typed)
        screen.expect(answered)
        screen.expect(">>> ")


def test_save_and_load(terminal, fake):
    screen = conversation(terminal)
    screen.line("hello")
    screen.expect("Hello there.")
    screen.expect(">>> ")
    screen.line("/save mine")
    screen.expect("Created new model 'mine'")
    assert fake.bodies("/api/create")[-1] == {"model": "mine", "from": "tiny", "stream": True, "messages": [
        {"role": "user", "content": "hello"}, {"role": "assistant", "content": "Hello there."}]}
    screen.line("/load nothing")
    screen.expect("model 'nothing' not found")
    screen.line("/load mine")
    screen.expect("Loading model 'mine'")
    screen.expect(">>> hello\nHello there.")
    screen.expect(">>> ")
    screen.line("go on")
    screen.expect("Hello there.")
    assert fake.bodies("/api/chat")[-1]["model"] == "mine"
    assert len(fake.bodies("/api/chat")[-1]["messages"]) == 1


def test_an_error_does_not_end_the_conversation(terminal, fake):
    screen = conversation(terminal)
    screen.line("break it")
    screen.expect("error: the engine stopped")
    screen.expect(">>> ")
    screen.line("hello")
    screen.expect("Hello there.")
    assert len(fake.bodies("/api/chat")[-1]["messages"]) == 1


def test_images_by_path(terminal, fake, tmp_path):
    (tmp_path / "my photo.png").write_bytes(b"PNG")
    screen = conversation(terminal, "eyes")
    screen.line(f"{tmp_path}/my\\ photo.png what is it?")
    screen.expect("Added image 'my photo.png'")
    screen.expect("Hello there.")
    assert fake.bodies("/api/chat")[-1]["messages"] == [{"role": "user", "content": "what is it?", "images": ["UE5H"]}]


def test_history_is_kept_between_conversations(terminal, fake, tmp_path):
    screen = conversation(terminal)
    screen.line("remember me, años")
    screen.expect("Hello there.")
    screen.expect(">>> ")
    screen.line("/bye")
    assert screen.wait() == 0
    history = tmp_path / "data" / "history"
    assert history.stat().st_mode & 0o777 == 0o600
    screen = conversation(terminal)
    screen.type("\x1b[A\x1b[A\r")
    screen.expect("Hello there.")
    assert fake.bodies("/api/chat")[-1]["messages"][0]["content"] == "remember me, años"


def test_history_can_be_off(terminal, tmp_path):
    screen = conversation(terminal, env={"FRAGUA_NOHISTORY": "1"})
    screen.line("secret")
    screen.expect("Hello there.")
    screen.expect(">>> ")
    screen.line("/bye")
    assert screen.wait() == 0
    assert not (tmp_path / "data" / "history").exists()


def test_words_wrap_at_the_edge(terminal, fake):
    fake.answer = ["the quick bro", "wn fox jumps ov", "er the lazy dog and runs away"]
    screen = conversation(terminal, columns=32)
    screen.line("x")
    screen.expect(">>> ")
    screen.line("/set nowordwrap")
    screen.expect("Set 'nowordwrap' mode.")
    screen.line("x")
    screen.expect("the quick brown fox jumps over the lazy dog and runs away")


def test_a_pull_shows_a_bar_on_a_terminal(terminal):
    screen = terminal("pull", "new")
    screen.expect("pulling manifest")
    assert screen.wait() == 0
    assert "▕" in screen.text and "100%" in screen.text and "success" in screen.text


def test_colours_are_left_out_on_request(terminal):
    screen = terminal("run", "thinker", "x", env={"NO_COLOR": "1"})
    assert screen.wait() == 0
    assert "\x1b[90m" not in screen.text and "Thinking..." in screen.text
    screen = terminal("run", "thinker", "x")
    assert screen.wait() == 0
    assert "\x1b[90mThinking..." in screen.text

// The official npm client against the real binary and a real, small model.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Ollama } from "ollama";
import { startServer } from "./server.mjs";

const CHAT = "smollm2:135m";
const EMBEDDER = "multilingual-e5-small:latest";
const GREEDY = { temperature: 0, seed: 1, num_predict: 12 };

let server;
let ollama;

before(async () => {
  server = await startServer();
  ollama = new Ollama({ host: server.url });
  await server.create(CHAT, "smollm2-135m-instruct-q4_1.gguf");
  await server.create("multilingual-e5-small", "multilingual-e5-small-q4_0.gguf");
});

after(() => server?.stop());

test("list names the created models with their digests and details", async () => {
  const { models } = await ollama.list();
  const found = models.find((model) => model.name === CHAT);
  assert.match(found.digest, /^[0-9a-f]{64}$/);
  assert.equal(found.details.format, "gguf");
  assert.ok(models.some((model) => model.name === EMBEDDER));
});

test("show gives the Modelfile, the details and the capabilities", async () => {
  const shown = await ollama.show({ model: CHAT });
  assert.match(shown.modelfile, /^FROM /m);
  assert.equal(shown.details.family, "llama");
  assert.ok(shown.capabilities.includes("completion"));
});

test("generate answers in one piece with its figures", async () => {
  const answer = await ollama.generate({ model: CHAT, prompt: "The capital of France is", options: GREEDY });
  assert.ok(answer.done);
  assert.ok(answer.response.length > 0);
  assert.ok(answer.eval_count > 0 && answer.eval_count <= GREEDY.num_predict);
  for (const figure of ["total_duration", "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_duration"]) {
    assert.ok(answer[figure] > 0, figure);
  }
});

test("a stream's pieces make up the answer that comes in one piece", async () => {
  // What it is sure of: of two words as likely, one asking may give the one, the next the other.
  const request = { model: CHAT, prompt: "1, 2, 3, 4, 5, 6, 7, 8,", raw: true, options: GREEDY };
  const whole = await ollama.generate(request);
  let text = "";
  let last;
  for await (const piece of await ollama.generate({ ...request, stream: true })) {
    text += piece.response;
    last = piece;
  }
  assert.equal(text, whole.response);
  assert.equal(last.done, true);
  assert.equal(last.done_reason, whole.done_reason);
});

test("chat streams messages of the assistant and ends once", async () => {
  const messages = [{ role: "user", content: "Say hello." }];
  const pieces = [];
  for await (const piece of await ollama.chat({ model: CHAT, messages, stream: true, options: GREEDY })) pieces.push(piece);
  assert.ok(pieces.every((piece) => piece.message.role === "assistant"));
  assert.deepEqual(pieces.map((piece) => piece.done), [...Array(pieces.length - 1).fill(false), true]);
});

test("a schema in format gives an object of that schema", async () => {
  const format = {
    type: "object",
    properties: { colour: { type: "string", enum: ["red", "blue"] }, count: { type: "integer", minimum: 0, maximum: 9 } },
    required: ["colour", "count"],
    additionalProperties: false,
  };
  const messages = [{ role: "user", content: "Three blue cars. Answer in JSON." }];
  const answer = await ollama.chat({ model: CHAT, messages, format, options: { temperature: 0, num_predict: 60 } });
  const value = JSON.parse(answer.message.content);
  assert.deepEqual(Object.keys(value).sort(), ["colour", "count"]);
  assert.ok(["red", "blue"].includes(value.colour));
  assert.ok(Number.isInteger(value.count) && value.count >= 0 && value.count <= 9);
});

test("embed gives a vector of length one for each text, nearer for what belongs together", async () => {
  const input = [
    "query: ¿Cómo se repara un pinchazo?",
    "passage: Saca la rueda y sustituye la cámara.",
    "passage: La universidad se fundó en 1218.",
  ];
  const { embeddings } = await ollama.embed({ model: EMBEDDER, input });
  const product = (a, b) => a.reduce((sum, value, index) => sum + value * b[index], 0);
  assert.equal(embeddings.length, input.length);
  for (const vector of embeddings) assert.ok(Math.abs(product(vector, vector) - 1) < 1e-3);
  assert.ok(product(embeddings[0], embeddings[1]) > product(embeddings[0], embeddings[2]));
});

test("ps shows what is loaded", async () => {
  await ollama.generate({ model: CHAT, prompt: "", keep_alive: "5m" });
  const { models } = await ollama.ps();
  assert.ok(models.some((model) => model.name === CHAT));
});

test("abort ends a stream, and the server answers the next request", async () => {
  const stream = await ollama.generate({ model: CHAT, prompt: "Once upon a time", stream: true, options: { num_predict: 2000 } });
  await assert.rejects(async () => {
    for await (const _ of stream) stream.abort();
  });
  const answer = await ollama.generate({ model: CHAT, prompt: "Hello", options: GREEDY });
  assert.equal(answer.done, true);
});

test("a model that is not there is a 404 with the name in it", async () => {
  await assert.rejects(ollama.generate({ model: "absent", prompt: "x" }), (error) => {
    assert.equal(error.status_code, 404);
    assert.match(error.message, /model 'absent' not found/);
    return true;
  });
});

test("copy and delete change the list", async () => {
  await ollama.copy({ source: CHAT, destination: "twin" });
  const names = async () => (await ollama.list()).models.map((model) => model.name);
  assert.ok((await names()).includes("twin:latest"));
  await ollama.delete({ model: "twin" });
  assert.ok(!(await names()).includes("twin:latest"));
});

test("create derives a model with its own system text", async () => {
  await ollama.create({ model: "pirate", from: CHAT, system: "You are a pirate." });
  const shown = await ollama.show({ model: "pirate" });
  assert.equal(shown.system, "You are a pirate.");
});

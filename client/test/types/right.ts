import {
  connect,
  RoomlogError,
  type Entry,
  type Message,
  type Page,
  type Stored,
} from "roomlog-client";

const chat = connect("wss://example.com/Prod", { name: "ann", token: async () => "a.b.c" });
const stop: () => void = chat.on("state", ({ state, why, retryIn }) => {
  if (state === "offline" && retryIn !== undefined) console.log(why.length + retryIn);
});
chat.on("lost", ({ room, from, to }) => console.log(room.length, to - from));
chat.on("trouble", ({ code, count }) => console.log(code === "malformed", count + 1));
stop();

export async function read(): Promise<void> {
  const room = chat.room("lobby");
  for await (const message of room.messages({ after: 0 })) {
    const one: Message = message;
    console.log(one.position + one.at, one.sender.length);
  }
  for await (const entry of room.messages({ all: true })) {
    const one: Entry = entry;
    if (one.type === undefined) console.log(one.sender.length);
    else console.log(one.type.length);
  }
  const stored: Stored = await room.send({ any: "json" }, { id: "m1" });
  const all: boolean = stored.duplicate;
  const either: Page<Entry> = await room.history({ all });
  for await (const one of room.messages({ all })) console.log(one.position - either.to);
  const page = await room.history({ before: stored.position, limit: 10 });
  console.log(page.messages[0]?.name, page.more);
  try {
    await room.send("x");
  } catch (error) {
    if (error instanceof RoomlogError && error.temporary) console.log(error.code);
  }
  chat.close();
}

import { connect } from "roomlog-client";

const chat = connect("wss://example.com/Prod", { nam: "ann" });
chat.on("stat", () => {});
chat.on("state", ({ state }) => state === "asleep");
chat.room(7);
chat.room("lobby").messages({ after: "0" });
chat.room("lobby").send("x", "m1");
chat.room("lobby").history({ befor: 1 });
const position: string = (await chat.room("lobby").send("x")).position;
for await (const message of chat.room("lobby").messages()) message.positon;
new (connect("", {}).constructor as any)().state.retryIn.length;
chat.session;
for await (const one of chat.room("lobby").messages({ all: 1 > 0 })) one.sender.length;
(await chat.room("lobby").history({ all: 1 > 0 })).messages[0]!.sender.length;

"""The chat widget `<citewise-chat>`: its one ES module, and how other pages take it in."""

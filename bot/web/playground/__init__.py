"""The playground: a local stand-in of Telegram's Bot API and a page with two chats, to play client and freelancer."""

"""A broker in a few lines: answers JSON-RPC requests over TCP and says which calls it has got. broker.py NAME PORT"""

import json
import socketserver
import sys

name, port = sys.argv[1], int(sys.argv[2])


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        text, decoder = "", json.JSONDecoder()
        while data := self.request.recv(65536):
            text += data.decode()
            while text:
                try:
                    request, end = decoder.raw_decode(text)
                except ValueError:
                    break  # the rest is still on its way
                text = text[end:]
                print(f"        {name} has call {request['params']['call']}", flush=True)
                answer = {"jsonrpc": "2.0", "id": request["id"], "result": "ok"}
                self.request.sendall(json.dumps(answer).encode())


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
socketserver.ThreadingTCPServer(("127.0.0.1", port), Handler).serve_forever()

//! Just enough HTTP to do many things at once on one thread: ask, and listen to a stream of events.

use std::{fmt::Write as _, io};

use flate2::{Decompress, FlushDecompress};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpSocket, TcpStream},
};

/// How long the head of a gzip stream without a name is.
const GZIP_HEAD: usize = 10;
/// What a stream of events is.
const STREAM: &str = "text/event-stream";

/// A connection that is kept open.
pub(super) struct Wire {
    host: String,
    stream: BufReader<TcpStream>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status, such as 200.
    pub(super) status: u16,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    /// The body as it came.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The name and value of a cookie that the answer sets.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        (self.headers.iter())
            .filter(|(header, _)| header == "set-cookie")
            .filter_map(|(_, cookie)| cookie.split(';').next())
            .find(|cookie| (cookie.split_once('=')).is_some_and(|(known, _)| known == name))
    }

    /// The body as text, for messages.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// How long a body is.
enum Length {
    Chunked,
    Known(usize),
}

impl Wire {
    /// Connects to `host:port`.
    pub(super) async fn open(host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            host: host.to_owned(),
            stream: BufReader::with_capacity(1 << 14, stream),
        })
    }

    /// Asks for JSON.
    pub(super) async fn get(&mut self, path: &str, cookie: &str) -> io::Result<Answer> {
        self.send("GET", path, cookie, "application/json", "")
            .await?;
        self.answer().await
    }

    /// Posts a form's fields as a browser does from a page of the same server.
    pub(super) async fn post(
        &mut self,
        path: &str,
        cookie: &str,
        accept: &str,
        body: &str,
    ) -> io::Result<Answer> {
        self.send("POST", path, cookie, accept, body).await?;
        self.answer().await
    }

    /// Asks for a stream of events, and listens to it from now on.
    ///
    /// # Errors
    /// When the server answers with anything else.
    pub(super) async fn listen(mut self, path: &str, cookie: &str) -> io::Result<Events> {
        (self.send("GET", path, cookie, STREAM, "")).await?;
        match self.head().await? {
            (200, headers, Length::Chunked) => {
                let gzip = headers.contains(&("content-encoding".to_owned(), "gzip".to_owned()));
                Ok(Events {
                    stream: self.stream,
                    line: String::new(),
                    packed: Vec::new(),
                    inflate: gzip.then(|| (GZIP_HEAD, Decompress::new(false))),
                    received: 0,
                    unread: Vec::new(),
                    given: 0,
                })
            }
            (status, ..) => Err(io::Error::other(format!("{path} answers {status}"))),
        }
    }

    /// Asks for a stream of events, not compressed, and never reads a byte of it. There is little room for what comes,
    /// so that the server soon cannot send more.
    pub(super) async fn ignore(host: &str, path: &str, cookie: &str) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(1 << 12)?;
        let stream = socket.connect(host.parse().map_err(io::Error::other)?);
        let mut wire = Self {
            host: host.to_owned(),
            stream: BufReader::with_capacity(1, stream.await?),
        };
        wire.send("GET", path, cookie, "*/*", "").await?;
        Ok(wire)
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        cookie: &str,
        accept: &str,
        body: &str,
    ) -> io::Result<()> {
        let host = &self.host;
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n"
        );
        if accept == STREAM {
            request += "Accept-Encoding: gzip, deflate, br, zstd\r\n";
        }
        if method == "POST" {
            let length = body.len();
            write!(
                request,
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
            )
            .map_err(io::Error::other)?;
        }
        request += "\r\n";
        request += body;
        self.stream.get_mut().write_all(request.as_bytes()).await
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let (status, headers, length) = self.head().await?;
        let mut body = Vec::new();
        match length {
            Length::Known(length) => take(&mut self.stream, length, &mut body).await?,
            Length::Chunked => {
                let mut line = String::new();
                while chunk(&mut self.stream, &mut line, &mut body).await? {}
            }
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    async fn head(&mut self) -> io::Result<(u16, Vec<(String, String)>, Length)> {
        let mut line = String::new();
        next_line(&mut self.stream, &mut line).await?;
        let status = (line.split(' ').nth(1))
            .and_then(|status| status.parse().ok())
            .ok_or_else(|| bad("a status line"))?;
        let (mut headers, mut length) = (Vec::new(), Length::Known(0));
        loop {
            next_line(&mut self.stream, &mut line).await?;
            let Some((name, value)) = line.split_once(':') else {
                return Ok((status, headers, length));
            };
            let (name, value) = (name.to_ascii_lowercase(), value.trim());
            if name == "content-length" {
                length = Length::Known(value.parse().map_err(|_| bad("a length"))?);
            } else if name == "transfer-encoding" && value.eq_ignore_ascii_case("chunked") {
                length = Length::Chunked;
            }
            headers.push((name, value.to_owned()));
        }
    }
}

/// A stream of events.
pub(super) struct Events {
    stream: BufReader<TcpStream>,
    line: String,
    /// A chunk as it came.
    packed: Vec<u8>,
    /// Unpacks what comes compressed, after so many bytes.
    inflate: Option<(usize, Decompress)>,
    /// How many bytes have come.
    received: usize,
    /// What they say.
    unread: Vec<u8>,
    /// How much of it has been given.
    given: usize,
}

impl Events {
    /// The next event with the empty line that ends it; none when the stream has ended.
    pub(super) async fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.unread.drain(..self.given);
        self.given = 0;
        let mut looked = 0;
        loop {
            let end = (self.unread[looked..].windows(2)).position(|two| two == b"\n\n");
            if let Some(end) = end {
                self.given = looked + end + 2;
                return Ok(Some(&self.unread[..self.given]));
            }
            looked = self.unread.len().saturating_sub(1);
            self.packed.clear();
            if !chunk(&mut self.stream, &mut self.line, &mut self.packed).await? {
                return Ok(None);
            }
            self.received += self.packed.len();
            self.unpack()?;
        }
    }

    fn unpack(&mut self) -> io::Result<()> {
        let Some((head, inflate)) = &mut self.inflate else {
            self.unread.append(&mut self.packed);
            return Ok(());
        };
        let skipped = (*head).min(self.packed.len());
        self.packed.drain(..skipped);
        *head -= skipped;
        let begun = inflate.total_in();
        loop {
            let taken = usize::try_from(inflate.total_in() - begun).map_err(io::Error::other)?;
            self.unread.reserve(1 << 13);
            let rest = &self.packed[taken..];
            inflate.decompress_vec(rest, &mut self.unread, FlushDecompress::Sync)?;
            if self.unread.len() < self.unread.capacity() {
                return Ok(());
            }
        }
    }

    /// How many bytes have come over the wire.
    pub(super) fn received(&self) -> usize {
        self.received
    }
}

/// Adds the next chunk to `to`; false at the end of the body.
async fn chunk(
    stream: &mut BufReader<TcpStream>,
    line: &mut String,
    to: &mut Vec<u8>,
) -> io::Result<bool> {
    next_line(stream, line).await?;
    let size = usize::from_str_radix(line, 16).map_err(|_| bad("a chunk's size"))?;
    take(stream, size, to).await?;
    next_line(stream, line).await?;
    Ok(size > 0)
}

async fn take(stream: &mut BufReader<TcpStream>, size: usize, to: &mut Vec<u8>) -> io::Result<()> {
    let start = to.len();
    to.resize(start + size, 0);
    stream.read_exact(&mut to[start..]).await?;
    Ok(())
}

/// A line without its end; empty at the end of the headers.
async fn next_line(stream: &mut BufReader<TcpStream>, line: &mut String) -> io::Result<()> {
    line.clear();
    if stream.read_line(line).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end().len());
    Ok(())
}

fn bad(wanted: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the server's answer lacks {wanted}"),
    )
}

/// Fields as `application/x-www-form-urlencoded`.
pub(super) fn form(fields: &[(&str, &str)]) -> String {
    let mut form = String::new();
    for (name, value) in fields {
        if !form.is_empty() {
            form.push('&');
        }
        form.push_str(name);
        form.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                form.push(char::from(byte));
            } else {
                write!(form, "%{byte:02X}").expect("a string takes all");
            }
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// A server that answers one connection's first request with these bytes, in pieces of so many.
    async fn server(answer: &'static [u8], pieces: usize) -> io::Result<Wire> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let host = listener.local_addr()?.to_string();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("somebody comes");
            let mut request = [0; 1000];
            let read = stream.read(&mut request).await.expect("they ask");
            assert!(request[..read].ends_with(b"\r\n\r\n"));
            stream.set_nodelay(true).expect("it is open");
            for piece in answer.chunks(pieces) {
                stream.write_all(piece).await.expect("they read");
                tokio::task::yield_now().await;
            }
        });
        Wire::open(&host).await
    }

    #[tokio::test]
    async fn events_are_whole_however_they_are_cut() {
        let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
            a\r\nevent: a\n\n\r\n8\r\nevent: b\r\n12\r\n\n\nevent: c\n\nevent:\r\n4\r\n d\n\n\r\n0\r\n\r\n";
        for pieces in [1, 3, 7, 1000] {
            let wire = server(answer, pieces).await.expect("it listens");
            let mut events = wire.listen("/strom", "").await.expect("it is a stream");
            let mut found = String::new();
            while let Some(event) = events.next().await.expect("it is well formed") {
                found += std::str::from_utf8(event).expect("it is text");
                found.push('|');
            }
            assert_eq!(
                found,
                "event: a\n\n|event: b\n\n|event: c\n\n|event: d\n\n|"
            );
        }
    }

    #[tokio::test]
    async fn compressed_events_are_read_as_they_come() {
        // Head, two blocks that hold their text as it is, and no end: the stream goes on.
        let answer =
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n\
            a\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff\r\n\
            f\r\n\0\x0a\0\xf5\xffevent: a\n\n\r\n\
            f\r\n\0\x0a\0\xf5\xffevent: b\n\n\r\n";
        for pieces in [1, 7, 1000] {
            let wire = server(answer, pieces).await.expect("it listens");
            let mut events = wire.listen("/strom", "").await.expect("it is a stream");
            for expected in [b"event: a\n\n", b"event: b\n\n"] {
                let event = events.next().await.expect("it is well formed");
                assert_eq!(event, Some(&expected[..]));
            }
            assert_eq!(events.received(), 40);
        }
    }

    #[tokio::test]
    async fn answers_tell_status_and_cookie() {
        let answer =
            b"HTTP/1.1 303 See Other\r\nSet-Cookie: deltar=abc; HttpOnly\r\ncontent-length: 2\r\n\r\nok";
        let mut wire = server(answer, 1000).await.expect("it listens");
        let answer = wire.get("/", "").await.expect("it is well formed");
        assert_eq!((answer.status, &answer.text()[..]), (303, "ok"));
        assert_eq!(answer.cookie("deltar"), Some("deltar=abc"));
        assert_eq!(answer.cookie("delta"), None);
    }

    #[test]
    fn forms_are_encoded() {
        assert_eq!(
            form(&[("namn", "Å & b"), ("op", "1-a")]),
            "namn=%C3%85%20%26%20b&op=1-a"
        );
    }
}

//! Just enough HTTP to ask the same server again and again over one connection.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// A connection that is kept open.
pub(crate) struct Connection {
    host: String,
    stream: BufReader<TcpStream>,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The status, such as 200.
    pub(crate) status: u16,
    /// The body as it came, compressed or not.
    pub(crate) body: Vec<u8>,
}

impl Connection {
    /// Connects to `host:port`.
    pub(crate) fn open(host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            host: host.to_owned(),
            stream: BufReader::with_capacity(1 << 16, stream),
        })
    }

    /// Asks for a page; `encoding` is what a browser says it can read, such as `br`.
    pub(crate) fn get(&mut self, path: &str, encoding: &str) -> io::Result<Answer> {
        let host = &self.host;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nAccept-Encoding: {encoding}\r\n\r\n"
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        read_answer(&mut self.stream)
    }
}

fn read_answer(stream: &mut impl BufRead) -> io::Result<Answer> {
    let first = line(stream)?;
    let status = (first.split(' ').nth(1))
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| bad("a status line"))?;
    let (mut length, mut chunked) = (0, false);
    loop {
        let header = line(stream)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().map_err(|_| bad("a length"))?;
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            chunked = value.eq_ignore_ascii_case("chunked");
        }
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            let size = line(stream)?;
            let size = usize::from_str_radix(&size, 16).map_err(|_| bad("a chunk's size"))?;
            take(stream, size, &mut body)?;
            line(stream)?;
            if size == 0 {
                break;
            }
        }
    } else {
        take(stream, length, &mut body)?;
    }
    Ok(Answer { status, body })
}

fn take(stream: &mut impl Read, size: usize, body: &mut Vec<u8>) -> io::Result<()> {
    let start = body.len();
    body.resize(start + size, 0);
    stream.read_exact(&mut body[start..])
}

/// A line without its end; empty at the end of the headers.
fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn bad(wanted: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the server's answer lacks {wanted}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_with_a_length_and_in_chunks_are_read_one_after_another() {
        let mut stream: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc\
            HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\na\r\n0123456789\r\n0\r\n\r\n";
        let mut next = || read_answer(&mut stream).expect("it is well formed");
        let first = next();
        assert_eq!((first.status, &first.body[..]), (200, &b"abc"[..]));
        let second = next();
        assert_eq!(
            (second.status, &second.body[..]),
            (404, &b"de0123456789"[..])
        );
        assert!(stream.is_empty());
    }

    #[test]
    fn an_answer_that_breaks_off_is_an_error() {
        let mut stream: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc";
        assert!(read_answer(&mut stream).is_err());
    }
}

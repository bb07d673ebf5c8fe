using System.Net.Sockets;
using System.Text;

namespace Latchkey.Server.Tests.Running;

/// <summary>HTTP by hand, for requests no client would send.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Sends a request's head and none of its body; gives the bytes of the answer's head, without the date.</summary>
    public static async Task<string> HeadOfAnswerAsync(Uri server, string head)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port, limit.Token);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), limit.Token);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, limit.Token);
            Assert.True(read > 0, $"The connection was closed after: {answer}");
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return string.Join("\n", answer.ToString().Split("\r\n").Where(l => !l.StartsWith("Date:", StringComparison.Ordinal)));
    }
}

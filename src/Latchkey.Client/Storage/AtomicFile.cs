namespace Latchkey.Client;

/// <summary>Writes a file that only the user reads, wholly or not at all.</summary>
internal static class AtomicFile
{
    public static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = $"{path}.{Randomness.Hex(8)}.tmp";
        try
        {
            using (var file = Create(beside))
            {
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: true);
            }

            if (File.Exists(path))
            {
                File.Replace(beside, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(beside, path);
            }
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static FileStream Create(string path)
    {
#if NET
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
#else
        return new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
#endif
    }
}

namespace Writ.Cli.Terminal;

/// <summary>What a command's end says to whoever started it. The numbers are stable.</summary>
internal enum ExitCode
{
    /// <summary>It is done, and the answer is yes.</summary>
    Done = 0,

    /// <summary>It is done, and the answer is no.</summary>
    No = 1,

    /// <summary>What was asked cannot be: a wrong flag, file or setting.</summary>
    BadInput = 2,

    /// <summary>The service failed or cannot be reached.</summary>
    Failed = 3,
}

namespace Writ.Governance.Replay;

/// <summary>Some whole lines of a trace file.</summary>
/// <param name="File">The file.</param>
/// <param name="FirstLine">The number of the first line, counted from 1.</param>
/// <param name="Lines">The lines with their line ends; the last one of a file may have none.</param>
internal sealed record TraceBlock(string File, long FirstLine, ReadOnlyMemory<byte> Lines);

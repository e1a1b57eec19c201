namespace Writ.Server.Configuration;

/// <summary>What became of one value's text: understood, or not (null: not in the notation; else why it cannot be).</summary>
internal readonly record struct Reading<T>(T Value, bool Understood, string? OutOfBounds)
{
    public static Reading<T> Of(T value) => new(value, true, null);

    public static Reading<T> Unreadable { get; } = new(default!, false, null);

    public static Reading<T> Outside(string why) => new(default!, false, why);
}

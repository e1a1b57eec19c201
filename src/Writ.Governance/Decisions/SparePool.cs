namespace Writ.Governance.Decisions;

/// <summary>
/// Spare working memory between decisions, one a processor, so that threads that decide at once do not meet at one place. Thread safe; what
/// is not returned is lost and made anew.
/// </summary>
internal sealed class SparePool<T>
    where T : class, new()
{
    private readonly T?[] _spare = new T?[Environment.ProcessorCount];

    public T Take() => Interlocked.Exchange(ref _spare[Place()], null) ?? new T();

    public void Return(T spare) => Volatile.Write(ref _spare[Place()], spare);

    private int Place() => Thread.GetCurrentProcessorId() % _spare.Length;
}

using Writ.Cedar.Compilation;

namespace Writ.Governance.Policies;

/// <summary>
/// Evaluation buffers between decisions, one a processor, so that threads that decide at once do not meet at one place. Thread safe; a
/// buffer that is not returned is lost and made anew.
/// </summary>
internal sealed class BufferPool
{
    private readonly EvaluationBuffer?[] _spare = new EvaluationBuffer?[Environment.ProcessorCount];

    public EvaluationBuffer Take() => Interlocked.Exchange(ref _spare[Place()], null) ?? new EvaluationBuffer();

    public void Return(EvaluationBuffer buffer) => Volatile.Write(ref _spare[Place()], buffer);

    private int Place() => Thread.GetCurrentProcessorId() % _spare.Length;
}

using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Writ.Ledger;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Indexing;

/// <summary>
/// Reads the fields of a record for the index, and joins what belongs together: a decision's row also says what its effect and the
/// answers of people were. Records of every format there has been are read; what is not there is left out. Guarded by the bench
/// <c>query</c>. Not thread safe.
/// </summary>
internal sealed class RecordExtractor : IRowExtractor
{
    private static readonly int[] Inherited =
    [
        QueryFields.Agent.Column, QueryFields.Task.Column, QueryFields.TaskRoot.Column, QueryFields.Action.Column, QueryFields.Server.Column, QueryFields.Tool.Column,
    ];

    private readonly RecordJoins _joins = new();
    private byte[] _text = new byte[256];
    private RowWriter _row = null!;
    private RecordReading _read;

    public void Extract(in LedgerRecord record, RowWriter row)
    {
        (_row, _read) = (row, default);
        try
        {
            Read(record.Bytes);
        }
        catch (JsonException)
        {
            // What was read before stays: a record that cannot be read is not made up.
        }

        Join();
    }

    public void WriteCarry(IBufferWriter<byte> carry) => _joins.Write(carry);

    public bool TryReadCarry(ReadOnlySpan<byte> carry) => _joins.TryRead(carry);

    private void Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        // Canonical JSON and the table have one order, so both are walked once.
        var next = 0;
        var members = RecordMembers.InOrder;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var order = 1;
            while (next < members.Length && (order = members[next].Name.AsSpan().SequenceCompareTo(reader.ValueSpan)) < 0)
                next++;
            reader.Read();
            if (next < members.Length && order == 0)
                ReadMember(ref reader, bytes, members[next]);
            else
                reader.Skip();
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes, in RecordMember member)
    {
        switch (member.Reads)
        {
            case MemberReading.Text: ReadText(ref reader, member.Column); break;
            case MemberReading.Set: ReadSet(ref reader, member.Column); break;
            case MemberReading.Number: ReadNumber(ref reader, member.Column); break;
            case MemberReading.Amount: ReadAmount(ref reader, member.Column); break;
            case MemberReading.Approval: ReadApproval(ref reader, bytes); break;
            case MemberReading.At: _read.At = WholeNumber(ref reader); break;
            case MemberReading.Microseconds: _read.Microseconds = WholeNumber(ref reader); break;
            case MemberReading.Id: _read.Id = IdOf(ref reader); break;
            case MemberReading.Decision: _read.Decision = IdOf(ref reader); break;
            case MemberReading.Kind: _read.Kind = Slice(ref reader, bytes); ReadText(ref reader, QueryFields.Kind.Column); break;
            case MemberReading.Person: _read.Person = Slice(ref reader, bytes); reader.Skip(); break;
            case MemberReading.Answer: _read.Answer = Slice(ref reader, bytes); ReadText(ref reader, QueryFields.Answer.Column); break;
            case MemberReading.Result: _read.Result = Slice(ref reader, bytes); reader.Skip(); break;
            case MemberReading.Status: _read.Status = Slice(ref reader, bytes); ReadText(ref reader, QueryFields.Status.Column); break;
            case MemberReading.Error: _read.Error = Slice(ref reader, bytes); ReadText(ref reader, QueryFields.Error.Column); break;
            case MemberReading.Root: ReadText(ref reader, QueryFields.TaskRoot.Column); break;
            case MemberReading.Action: ReadAction(ref reader); break;
            case MemberReading.Outcome: ReadOutcome(ref reader); break;
            default: throw new InvalidOperationException();
        }
    }

    /// <summary>A text, or the value of what somebody attested.</summary>
    private void ReadText(ref Utf8JsonReader reader, int column)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            _row.Text(column, Text(ref reader));
            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isValue && reader.TokenType == JsonTokenType.String)
                _row.Text(column, Text(ref reader));
            else
                reader.Skip();
        }
    }

    private void ReadSet(ref Utf8JsonReader reader, int column)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                _row.Item(Text(ref reader));
            else
                reader.Skip();
        }

        _row.Set(column);
    }

    private void ReadNumber(ref Utf8JsonReader reader, int column)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value != long.MinValue)
            _row.Number(column, value);
        else
            reader.Skip();
    }

    private void ReadAmount(ref Utf8JsonReader reader, int column)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && Utf8Parser.TryParse(reader.ValueSpan, out decimal amount, out var used) && used == reader.ValueSpan.Length)
            _row.Number(column, Billionths.Of(amount));
        else
            reader.Skip();
    }

    private void ReadAction(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }

        // tool/<server>/<tool>; records of a later format say both apart as well.
        var action = Text(ref reader);
        _row.Text(QueryFields.Action.Column, action);
        if (!action.StartsWith("tool/"u8) || action[5..].IndexOf((byte)'/') is not (> 0 and var slash))
            return;
        _row.Text(QueryFields.Server.Column, action.Slice(5, slash));
        _row.Text(QueryFields.Tool.Column, action[(6 + slash)..]);
    }

    private void ReadOutcome(ref Utf8JsonReader reader)
    {
        _read.Permits = reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals("ALLOW"u8) || reader.ValueTextEquals("ALLOW_WITH_CONSTRAINTS"u8));
        _read.Holds = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("REQUIRE_APPROVAL"u8);
        ReadText(ref reader, QueryFields.Outcome.Column);
    }

    private void ReadApproval(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _read.ApprovalWord = Slice(ref reader, bytes);
            _read.Approval = IdOf(ref reader);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isBy, isUsed) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("by"u8), reader.ValueTextEquals("used"u8));
            var (isExpiry, isRequest) = (reader.ValueTextEquals("expires_at"u8), reader.ValueTextEquals("requested_at"u8));
            reader.Read();
            if (isId)
            {
                _read.ApprovalWord = Slice(ref reader, bytes);
                _read.Approval = IdOf(ref reader);
            }
            else if (isBy && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadSet(ref reader, QueryFields.Approver.Column);
                _read.NamesApprovers = true;
            }
            else if (isUsed)
                _read.UsesApproval = reader.TokenType == JsonTokenType.True;
            else if (isExpiry)
                _read.ExpiresAt = WholeNumber(ref reader);
            else if (isRequest)
                _read.RequestedAt = WholeNumber(ref reader);
            else
                reader.Skip();
        }
    }

    private void Join()
    {
        if (_read.At != 0)
            _row.Number(QueryFields.At.Column, _read.At);
        if (_read.Id != default)
            _row.Id(QueryFields.Id.Column, _read.Id);
        if (!_read.ApprovalWord.IsEmpty)
            _row.Text(QueryFields.Approval.Column, _read.ApprovalWord.Span);
        var kind = _read.Kind.Span;
        if (kind.SequenceEqual("decision"u8))
            JoinDecision();
        else if (kind.SequenceEqual("effect"u8))
            JoinEffect();
        else if (kind.SequenceEqual("approval"u8))
            JoinAnswer();
        else if (kind.SequenceEqual("telemetry"u8) && _read.Decision != default)
            _row.Id(QueryFields.Decision.Column, _read.Decision);
        else if (kind.SequenceEqual("task"u8) && _read.Id != default && _read.Id.TryFormat(_text, out var length, "D"))
            _row.Text(QueryFields.Task.Column, _text.AsSpan(0, length));
        _joins.Sweep(_read.At);
    }

    private void JoinDecision()
    {
        _row.Id(QueryFields.Decision.Column, _read.Id);
        _row.Number(QueryFields.DecidedIn.Column, _read.Microseconds);
        if (_read.Permits)
            _joins.Owed[_read.Id] = _row.Row;
        if (_read.Approval == default)
            return;
        if (_read.Holds)
        {
            if (!_joins.Asked.TryGetValue(_read.Approval, out var asked))
                _joins.Asked[_read.Approval] = asked = new AskedApproval { RequestedAt = _read.RequestedAt, ExpiresAt = _read.ExpiresAt };
            if (asked.Rows.Count < AskedApproval.MostRows)
                asked.Rows.Add(_row.Row);
        }
        else if (_read.UsesApproval && _joins.Asked.Remove(_read.Approval, out var used) && !_read.NamesApprovers)
        {
            foreach (var approver in used.Approvers)
                _row.Item(approver);
            _row.Set(QueryFields.Approver.Column);
        }
    }

    private void JoinEffect()
    {
        _row.Id(QueryFields.Decision.Column, _read.Decision);
        _row.Number(QueryFields.TookTime.Column, _read.Microseconds);
        if (!_joins.Owed.Remove(_read.Decision, out var decision))
            return;
        Inherit(decision);
        _row.AmendText(decision, QueryFields.Status.Column, _read.Status.Span);
        _row.AmendNumber(decision, QueryFields.TookTime.Column, _read.Microseconds);
        _row.AmendNumber(decision, QueryFields.EffectIndex.Column, (long)_row.Row);
        if (!_read.Error.IsEmpty)
            _row.AmendText(decision, QueryFields.Error.Column, _read.Error.Span);
    }

    private void JoinAnswer()
    {
        _row.Id(QueryFields.Decision.Column, _read.Decision);
        _row.Item(_read.Person.Span);
        _row.Set(QueryFields.Approver.Column);
        if (!_joins.Asked.TryGetValue(_read.Approval, out var asked))
            return;
        Inherit(asked.Rows[0]);
        if (_read.Answer.Span.SequenceEqual("approved"u8))
            asked.Approvers.Add(_read.Person.ToArray());
        if (_read.Result.Span.SequenceEqual("pending"u8))
            return;
        var waited = Math.Max(0, _read.At - asked.RequestedAt);
        _row.Number(QueryFields.WaitedTime.Column, waited);
        foreach (var held in asked.Rows)
        {
            _row.AmendText(held, QueryFields.Answer.Column, _read.Result.Span);
            _row.AmendNumber(held, QueryFields.WaitedTime.Column, waited);
        }
    }

    /// <summary>What an effect or an answer belongs to, it belongs to by its decision.</summary>
    private void Inherit(ulong decision)
    {
        foreach (var column in Inherited)
            _row.CopyText(decision, column);
    }

    private static long WholeNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value != long.MinValue)
            return value;
        reader.Skip();
        return 0;
    }

    private static Guid IdOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && Utf8Parser.TryParse(reader.ValueSpan, out Guid id, out var used) && used == reader.ValueSpan.Length)
            return id;
        reader.Skip();
        return default;
    }

    /// <summary>The bytes of a word without escapes, where it lies in the record; nothing for anything else.</summary>
    private static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped ? bytes.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length) : default;

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (_text.Length < reader.ValueSpan.Length)
            _text = new byte[reader.ValueSpan.Length];
        return _text.AsSpan(0, reader.CopyString(_text));
    }
}

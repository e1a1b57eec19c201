using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Json;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Json;

public sealed class EntityAndRequestJsonTests
{
    private const string Alice = """{"uid": {"type": "User", "id": "alice"}, "attrs": {"age": 7}, "parents": [{"__entity": {"type": "G", "id": "g"}}], "tags": {"t": true}}""";

    [Fact]
    public void Entities_are_read()
    {
        Assert.True(EntityJson.Read($"[{Alice}]").TryGet(out var store, out _));
        Assert.True(store.TryGet(Cedar.Alice, out var alice));
        Assert.Equal(new Entity(Cedar.Alice, [new EntityUid("G", "g")], RecordValue.Of(("age", 7)), RecordValue.Of(("t", true))), alice);
    }

    [Theory]
    [InlineData("\"attrs\": {\"age\": 7}, ", "", "/0", "\"attrs\" is missing")]
    [InlineData("\"attrs\"", "\"attributes\"", "/0/attributes", "not known")]
    [InlineData("7", "7.5", "/0/attrs/age", "integer")]
    [InlineData("\"G\"", "\"G G\"", "/0/parents/0/__entity/type", "not the name")]
    [InlineData("\"type\": \"G\", \"id\": \"g\"", "\"type\": \"User\", \"id\": \"alice\"", "", "in itself")]
    public void What_is_no_entity_is_refused_with_a_pointer(string right, string wrong, string pointer, string message)
    {
        Assert.Contains(right, Alice);
        var result = EntityJson.Read($"[{Alice.Replace(right, wrong, StringComparison.Ordinal)}]");
        var diagnostic = Assert.Single(Assert.IsType<ParseResult<EntityStore>.Failure>(result).Diagnostics);
        Assert.Equal(pointer, diagnostic.Pointer);
        Assert.Contains(message, diagnostic.ToString());
    }

    [Fact]
    public void A_request_is_read_with_and_without_a_context()
    {
        const string Json = """{"principal": {"type": "User", "id": "alice"}, "action": {"type": "Action", "id": "view"}, "resource": {"type": "Photo", "id": "p1"}}""";
        Assert.True(RequestJson.Read(Json).TryGet(out var request, out _));
        Assert.Equal(Cedar.Request(), request);
        Assert.True(RequestJson.Read(Json.Replace("\"p1\"}}", "\"p1\"}, \"context\": {\"a\": 1}}", StringComparison.Ordinal)).TryGet(out request, out _));
        Assert.Equal(Cedar.Request(RecordValue.Of(("a", 1))), request);
        Assert.IsType<ParseResult<Request>.Failure>(RequestJson.Read(Json.Replace("resource", "resourse", StringComparison.Ordinal)));
        Assert.IsType<ParseResult<Request>.Failure>(RequestJson.Read(Json.Replace("\"p1\"}}", "\"p1\"}, \"context\": []}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_lone_escape_where_only_a_record_can_stand_is_a_record()
    {
        Assert.True(ValueJson.ReadRecord("""{"__entity": {"type": "T", "id": "a"}}""").TryGet(out var record, out _));
        Assert.Equal(["__entity"], record.Names);
    }
}

using System.Reflection;
using Writ.Testing;

namespace Writ.Architecture.Tests;

public sealed class TypeTests
{
    private static readonly Type[] Types =
    [
        .. from project in Directory.GetDirectories(Repository.PathOf("src"))
           let room = Path.GetFileName(project)
           let assembly = Assembly.Load(room == "Writ.Cli" ? "writ" : room)
           from type in assembly.GetTypes()
           where !TypeRules.IsGenerated(type) && type.Name != "Program"
           select type,
    ];

    [Fact]
    public void Every_class_is_sealed_or_abstract_or_static() => Law.Holds(Types.SelectMany(TypeRules.SealedOrAbstract));

    [Fact]
    public void Every_public_method_that_is_awaited_ends_in_Async() => Law.Holds(Types.SelectMany(TypeRules.AsyncByName));

    [Fact]
    public void No_static_state_can_change() => Law.Holds(Types.SelectMany(TypeRules.NoStaticMutableState));

    [Fact]
    public void The_rooms_are_loaded() => Assert.Contains(Types, type => type.Assembly.GetName().Name == "Writ.Crypto");

    [Theory]
    [InlineData(typeof(Open), 1)]
    [InlineData(typeof(Closed), 0)]
    [InlineData(typeof(Base), 0)]
    [InlineData(typeof(OpenRecord), 1)]
    [InlineData(typeof(IContract), 0)]
    [InlineData(typeof(TypeRules), 0)]
    public void An_open_class_is_found(Type type, int expected) => Assert.Equal(expected, TypeRules.SealedOrAbstract(type).Count());

    [Fact]
    public void An_awaited_method_with_another_name_is_found() =>
        Assert.Equal(
            ["Later", "Now", "Stream"],
            TypeRules.AsyncByName(typeof(Closed)).Select(found => found.Split(' ')[0].Split('.')[^1]).Order());

    [Fact]
    public void A_static_field_that_can_change_is_found() =>
        Assert.Contains("counter", Assert.Single(TypeRules.NoStaticMutableState(typeof(Closed))), StringComparison.Ordinal);

#pragma warning disable CA1852, CS0169, CS0414 // these types break the rules on purpose
    private interface IContract;

    private abstract class Base;

    private class Open;

    private record OpenRecord;

    private sealed class Closed : IAsyncDisposable, IProgress<int>
    {
        private const int Constant = 1;
        private static readonly int Fixed = 1;
        private static int counter;
        [ThreadStatic]
        private static int perThread;

        public static Task Later() => Task.CompletedTask;

        public static ValueTask<int> Now() => ValueTask.FromResult(Constant + Fixed);

        public static async IAsyncEnumerable<int> Stream()
        {
            await Task.Yield();
            yield return 1;
        }

        public static Task LaterAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public void Report(int value)
        {
        }
    }
#pragma warning restore CA1852, CS0169, CS0414
}

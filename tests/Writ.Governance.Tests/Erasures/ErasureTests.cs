using Writ.Crypto.Vault;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Erasures;
using Writ.Governance.Holds;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Tasks;

namespace Writ.Governance.Tests.Erasures;

public sealed class ErasureTests
{
    private static readonly PayloadSubject Alice = PayloadSubject.OfUser("alice");

    [Fact]
    public async Task Two_people_erase_a_subject_and_its_records_stay()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var (decision, other) = (await DecideAsync(world, "alice"), await DecideAsync(world, "bob"));
        var records = world.DecisionLog.Records.Count;
        var asked = await RequestAsync(world, "ada");
        Assert.Equal((ErasureState.Requested, false), (asked.State, asked.Solo));
        Assert.IsType<OpenResult.Opened>(await ReadAsync(world, decision));

        Assert.Equal("proposer", Unconfirmed(await ConfirmAsync(world, "ada", asked.Id)));
        var done = Assert.IsType<ErasureOutcome.Done>(await ConfirmAsync(world, "sam", asked.Id)).Erasure;
        Assert.Equal((ErasureState.Executed, "sam"), (done.State, done.ConfirmedBy.ToString()));
        Assert.IsType<OpenResult.Erased>(await ReadAsync(world, decision));
        Assert.IsType<OpenResult.Opened>(await ReadAsync(world, other));
        Assert.Equal(records, world.DecisionLog.Records.Count);
        Assert.Equal("decided", Unconfirmed(await ConfirmAsync(world, "sam", asked.Id)));

        // Who is acted for again begins anew.
        var anew = await DecideAsync(world, "alice");
        Assert.IsType<OpenResult.Opened>(await ReadAsync(world, anew));
        Assert.IsType<OpenResult.Erased>(await ReadAsync(world, decision));
        Assert.All(world.ControlLog.Records.Concat(world.DecisionLog.Records), record => Assert.DoesNotContain("alice", record.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_person_alone_may_do_both_and_it_says_so()
    {
        using var world = await World.SoloAsync();
        await world.PublishAsync(World.PermitAll);
        var decision = await DecideAsync(world, "alice");
        var asked = await RequestAsync(world, "ada");
        Assert.True(Assert.IsType<ErasureOutcome.Done>(await ConfirmAsync(world, "ada", asked.Id)).Erasure.Solo);
        Assert.IsType<OpenResult.Erased>(await ReadAsync(world, decision));
        Assert.True(world.ControlLog.Records.Last(r => r.GetProperty("action").GetProperty("kind").ValueEquals("erasure.confirmed")).GetProperty("by").GetProperty("solo").GetBoolean());
    }

    [Fact]
    public async Task Who_may_not_erase_cannot_and_what_is_not_there_is_not_erased()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await DecideAsync(world, "alice");
        Assert.IsType<ControlOutcome.NotAllowed>(Assert.IsType<ErasureOutcome.Refused>(await world.Erasures.RequestAsync(Person(world, "pat"), Alice, "r", CancellationToken.None)).Outcome);
        Assert.IsType<ErasureOutcome.UnknownSubject>(await world.Erasures.RequestAsync(Person(world, "ada"), PayloadSubject.OfUser("nobody"), "r", CancellationToken.None));
        var asked = await RequestAsync(world, "ada");
        Assert.IsType<ControlOutcome.NotAllowed>(Assert.IsType<ErasureOutcome.Refused>(await ConfirmAsync(world, "pat", asked.Id)).Outcome);
        Assert.IsType<ErasureOutcome.Unknown>(await ConfirmAsync(world, "sam", Guid.NewGuid()));
        Assert.IsType<ErasureOutcome.Refused>(await world.Erasures.RequestAsync(Person(world, "sam"), Alice, "again", CancellationToken.None));
    }

    [Fact]
    public async Task An_erasure_that_nobody_confirms_lapses_after_72_hours_and_a_declined_one_is_over()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var decision = await DecideAsync(world, "alice");
        var asked = await RequestAsync(world, "ada");
        world.Time.Advance(Erasure.Within);
        Assert.Equal("expired", Unconfirmed(await ConfirmAsync(world, "sam", asked.Id)));
        var second = await RequestAsync(world, "ada");
        Assert.IsType<ErasureOutcome.Done>(await world.Erasures.DeclineAsync(Person(world, "sam"), second.Id, "no", CancellationToken.None));
        Assert.Equal("decided", Unconfirmed(await ConfirmAsync(world, "sam", second.Id)));
        Assert.IsType<OpenResult.Opened>(await ReadAsync(world, decision));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hold_over_the_subject_or_everything_forbids_erasing_until_two_people_lift_it(bool everything)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var decision = await DecideAsync(world, "alice");
        await DecideAsync(world, "bob");
        var asked = await RequestAsync(world, "ada");
        var key = world.Sealer.KeyOf(World.Organization, Alice)!.Value;
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", everything ? new HoldPlaced("case", "r") : new HoldPlaced("case", "r", Alice.WordUnder(key), key)));
        Assert.IsType<ErasureOutcome.UnderHold>(await ConfirmAsync(world, "sam", asked.Id));
        Assert.IsType<ErasureOutcome.UnderHold>(await world.Erasures.RequestAsync(Person(world, "ada"), Alice, "r", CancellationToken.None));
        var other = await world.Erasures.RequestAsync(Person(world, "ada"), PayloadSubject.OfUser("bob"), "r", CancellationToken.None);
        Assert.Equal(everything, other is ErasureOutcome.UnderHold);

        Assert.Equal((true, null), await LiftAsync(world, "ada"));
        Assert.Equal((true, "proposer"), await LiftAsync(world, "ada"));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new HoldLifted("case")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new HoldLifted("case")));
        Assert.IsType<ErasureOutcome.UnderHold>(await ConfirmAsync(world, "sam", asked.Id));
        Assert.Equal((false, null), await LiftAsync(world, "sam"));
        Assert.IsType<ErasureOutcome.Done>(await ConfirmAsync(world, "sam", asked.Id));
        Assert.IsType<OpenResult.Erased>(await ReadAsync(world, decision));
    }

    [Fact]
    public async Task A_hold_that_comes_between_the_confirmation_and_the_act_is_obeyed()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var decision = await DecideAsync(world, "alice");
        var asked = await RequestAsync(world, "ada");
        await world.TakeAsAsync("sam", new ErasureConfirmed(asked.Id));
        await world.TakeAsAsync("sam", new HoldPlaced("case", "r"));
        await world.Erasures.ExecuteConfirmedAsync();
        Assert.IsType<OpenResult.Opened>(await ReadAsync(world, decision));
        Assert.Contains("case", world.Erasures.Waits(world.State, world.State.Erasures[asked.Id]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(-61)]
    public async Task T86_a_clock_that_jumped_freezes_erasing(int seconds)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var decision = await DecideAsync(world, "alice");
        var asked = await RequestAsync(world, "ada");
        world.Time.StepWallClock(TimeSpan.FromSeconds(seconds));
        var confirmed = Assert.IsType<ErasureOutcome.Done>(await ConfirmAsync(world, "sam", asked.Id)).Erasure;
        Assert.Equal(ErasureState.Confirmed, confirmed.State);
        Assert.Contains("the clock", world.Erasures.Waits(world.State, confirmed), StringComparison.Ordinal);
        Assert.IsType<OpenResult.Opened>(await ReadAsync(world, decision));

        world.Time.StepWallClock(TimeSpan.FromSeconds(-seconds));
        await world.Erasures.ExecuteConfirmedAsync();
        Assert.IsType<OpenResult.Erased>(await ReadAsync(world, decision));
    }

    [Fact]
    public async Task A_start_by_a_clock_behind_the_records_erases_nothing()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var decision = await DecideAsync(world, "alice");
        var asked = await RequestAsync(world, "ada");
        await world.TakeAsAsync("sam", new ErasureConfirmed(asked.Id));
        world.Time.StepWallClock(TimeSpan.FromMinutes(-5));
        using var next = await world.RestartAsync();
        await next.Erasures.ExecuteConfirmedAsync();
        Assert.IsType<OpenResult.Opened>(await ReadAsync(next, decision));
        world.Time.StepWallClock(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task What_a_crash_left_confirmed_is_carried_out_by_the_next_life_and_what_the_ledger_did_not_take_is_tried_again()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var decision = await DecideAsync(world, "alice");
        var asked = await RequestAsync(world, "ada");
        world.ControlLog.Fault = record => record.GetProperty("action").GetProperty("kind").ValueEquals("erasure.executed") ? new RecordReceipt(0, "full") : null;
        await ConfirmAsync(world, "sam", asked.Id);
        Assert.Equal(ErasureState.Confirmed, world.State.Erasures[asked.Id].State);
        Assert.IsType<OpenResult.Erased>(await ReadAsync(world, decision));
        world.ControlLog.Fault = null;
        using var next = await world.RestartAsync();
        await next.Erasures.ExecuteConfirmedAsync();
        Assert.Equal(ErasureState.Executed, next.State.Erasures[asked.Id].State);
    }

    [Fact]
    public async Task A_task_whose_user_was_erased_is_in_nobodys_hands_after_a_restart()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var credential = ((Caller.AgentCaller)world.Authenticator.Authenticate("Bearer " + world.Key)!).KeyId;
        var (task, token) = (await world.Tasks.OpenAsync(World.Organization, new TaskOpening
        {
            Agent = world.Agent, Credential = credential, User = new Attested<string>("alice", "person/pat"),
        }))!.Value;
        using (var before = await world.RestartAsync())
            Assert.Equal("alice", before.Tasks.Find(token, world.Agent, credential)!.User!.Value);
        var asked = await RequestAsync(world, "ada");
        await ConfirmAsync(world, "sam", asked.Id);
        using var next = await world.RestartAsync();
        Assert.Null(next.Tasks.Find(token, world.Agent, credential));
        Assert.Null(next.Book.Find(task.Id));
    }

    [Fact]
    public async Task A_record_of_an_erasure_by_one_person_is_refused_by_every_start()
    {
        using var world = await World.WithAsync(World.PermitAll);
        await DecideAsync(world, "alice");
        var asked = await RequestAsync(world, "ada");
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new ErasureConfirmed(asked.Id)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("ada", new ErasureExecuted(asked.Id, asked.Key)));
    }

    private static async Task<DecisionId> DecideAsync(World world, string user)
    {
        var request = await world.RequestAsync("any", """{"a":"secret"}""");
        var facts = request.Facts with { Task = request.Facts.Task with { User = new Attested<string>(user, "person/ada") } };
        Assert.IsType<Decision.Permitted>(await world.Governor.DecideAsync(request with { Facts = facts }));
        return request.Id;
    }

    private static ValueTask<OpenResult?> ReadAsync(World world, DecisionId decision) => world.Archive.ReadPayloadAsync(World.Organization, decision, CancellationToken.None);

    private static async Task<Erasure> RequestAsync(World world, string person) =>
        Assert.IsType<ErasureOutcome.Done>(await world.Erasures.RequestAsync(Person(world, person), Alice, "request 1", CancellationToken.None)).Erasure;

    private static Task<ErasureOutcome> ConfirmAsync(World world, string person, Guid id) => world.Erasures.ConfirmAsync(Person(world, person), id, CancellationToken.None);

    private static string Unconfirmed(ErasureOutcome outcome) => Assert.IsType<ErasureOutcome.Unconfirmed>(outcome).Obstacle.Name;

    /// <summary>Whether the hold still stands, and why the word did not count.</summary>
    private static async Task<(bool Stands, string? Obstacle)> LiftAsync(World world, string person)
    {
        string? obstacle = null;
        await world.Controls.TakeAsync(World.Organization, PersonId.Parse(person), Presence.BootstrapToken, state =>
        {
            var plan = Lifting.Plan(state!, state!.Holds["case"].Lift, new HoldLiftProposed("case", "over"), new HoldLifted("case"), PersonId.Parse(person), world.Time.GetUtcNow(), out var why);
            obstacle = why?.Name;
            return plan;
        }, CancellationToken.None);
        return (world.State.Holds.ContainsKey("case"), obstacle);
    }

    private static Caller.PersonCaller Person(World world, string name) =>
        new(world.State, "key", world.State.People[PersonId.Parse(name)], Presence.BootstrapToken);
}

using System.Globalization;
using System.Text;
using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests;

public sealed class TokenMakerTests : IDisposable
{
    private readonly VoprfKey _key = VoprfKey.Generate();
    private readonly KeyHolder _holder;
    private readonly KeyCommitment _commitment;

    public TokenMakerTests()
    {
        _holder = new KeyHolder(_key);
        _commitment = KeyCommitment.To(IndicatorType.PhoneE164, 1, _key.PublicKey);
    }

    public static TheoryData<int> Vectors { get; } = [.. Enumerable.Range(0, DerivationVector.Golden.Vectors.Count)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task The_golden_tokens_come_out(int index)
    {
        var vector = DerivationVector.Golden.Vectors[index];
        var identifier = vector.Identifier();
        using var key = vector.Key();
        var commitment = KeyCommitment.To(identifier.Type, vector.Epoch, key.PublicKey);

        var made = await new TokenMaker(new KeyHolder(key)).MakeAsync(commitment, [identifier], Cancelled);

        var one = Assert.Single(made);
        Assert.Equal(vector.KeyId, one.KeyId.ToString());
        Assert.Equal(vector.Element, Convert.ToHexStringLower(one.Element.Span));
        Assert.Equal(vector.Token, one.Token.ToKeyString());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(256, 1)]
    [InlineData(257, 2)]
    [InlineData(700, 3)]
    public async Task Many_identifiers_are_asked_about_in_batches_and_answered_in_order(int count, int batches)
    {
        var identifiers = Phones(count);

        var made = await new TokenMaker(_holder).MakeAsync(_commitment, identifiers, Cancelled);

        Assert.Equal(identifiers.Select(ExpectedElement), made.Select(one => Convert.ToHexString(one.Element.Span)));
        Assert.Equal(batches, _holder.Asked.Count);
        Assert.All(_holder.Asked, batch => Assert.InRange(batch.Length / 32, 1, Limits.MaxEvaluateBatch));
        Assert.Equal(count, _holder.Asked.Sum(batch => batch.Length / 32));
    }

    [Fact]
    public async Task Nothing_is_asked_about_nothing()
    {
        Assert.Empty(await new TokenMaker(_holder).MakeAsync(_commitment, [], Cancelled));
        Assert.Empty(_holder.Asked);
    }

    [Fact]
    public async Task The_key_holder_never_sees_the_same_element_twice()
    {
        var maker = new TokenMaker(_holder);
        var phone = Phones(1)[0];

        var first = await maker.MakeAsync(_commitment, [phone, phone], Cancelled);
        var second = await maker.MakeAsync(_commitment, [phone], Cancelled);

        Assert.Equal(first[0], first[1]);
        Assert.Equal(first[0], second[0]);
        var seen = _holder.Asked.SelectMany(batch => batch.Chunk(32)).Select(Convert.ToHexString).ToList();
        Assert.Equal(3, seen.Distinct().Count());
        Assert.DoesNotContain(ExpectedElement(phone), seen);
    }

    [Fact]
    public async Task An_evaluation_under_another_key_is_refused()
    {
        using var other = VoprfKey.Generate();
        var maker = new TokenMaker(new KeyHolder(other));
        var refusal = await Assert.ThrowsAsync<ProofInvalidException>(() =>
            maker.MakeAsync(_commitment, Phones(3), Cancelled)
        );
        Assert.StartsWith(
            $"The proof for 3 elements does not fit {_commitment.KeyId}.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_dishonest_batch_among_honest_ones_fails_the_call()
    {
        var answers = 0;
        _holder.Answer = (honest, _) =>
            Task.FromResult(
                Interlocked.Increment(ref answers) == 2
                    ? new Evaluation(honest.EvaluatedElements.ToArray().Reverse().ToArray(), honest.Proof)
                    : honest
            );
        await Assert.ThrowsAsync<ProofInvalidException>(() =>
            new TokenMaker(_holder).MakeAsync(_commitment, Phones(600), Cancelled)
        );
    }

    [Fact]
    public async Task Swapped_answers_are_refused()
    {
        _holder.Answer = (honest, _) =>
        {
            var elements = honest.EvaluatedElements;
            byte[] swapped = [.. elements.Span[32..64], .. elements.Span[..32]];
            return Task.FromResult(new Evaluation(swapped, honest.Proof));
        };
        await Assert.ThrowsAsync<ProofInvalidException>(() =>
            new TokenMaker(_holder).MakeAsync(_commitment, Phones(2), Cancelled)
        );
    }

    [Fact]
    public async Task Whatever_bytes_the_key_holder_answers_it_is_a_refusal_and_not_a_crash() =>
        await Gen.Select(Gen.Byte.Array[0, 130], Gen.Byte.Array[0, 130])
            .SampleAsync(
                async (elements, proof) =>
                {
                    var holder = new KeyHolder(_key)
                    {
                        Answer = (_, _) => Task.FromResult(new Evaluation(elements, proof)),
                    };
                    await Assert.ThrowsAsync<ProofInvalidException>(() =>
                        new TokenMaker(holder).MakeAsync(_commitment, Phones(2), Cancelled)
                    );
                },
                iter: 100
            );

    [Fact]
    public async Task Identifiers_of_another_type_than_the_key_are_refused_without_being_shown_or_asked_about()
    {
        var mail = new Identifier(IndicatorType.Email, Encoding.UTF8.GetBytes("someone@example.org"));
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() =>
            new TokenMaker(_holder).MakeAsync(_commitment, [.. Phones(2), mail], Cancelled)
        );
        Assert.StartsWith("Identifier 2 of 3 is of another type", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("someone", refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(_holder.Asked);
    }

    [Fact]
    public async Task What_the_key_holder_throws_comes_through_and_ends_the_other_batches()
    {
        var isOtherEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = 0;
        _holder.Answer = async (honest, cancellationToken) =>
        {
            if (Interlocked.Increment(ref arrived) == 2)
            {
                throw new TimeoutException("The key holder is away.");
            }

            using var registration = cancellationToken.Register(isOtherEnded.SetResult);
            await isOtherEnded.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return honest;
        };
        await Assert.ThrowsAsync<TimeoutException>(() =>
            new TokenMaker(_holder).MakeAsync(_commitment, Phones(512), Cancelled)
        );
        Assert.True(isOtherEnded.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_cancelled_call_ends()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        _holder.Answer = async (honest, cancellationToken) =>
        {
            await source.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return honest;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new TokenMaker(_holder).MakeAsync(_commitment, Phones(2), source.Token)
        );
    }

    [Fact]
    public async Task A_few_batches_are_under_way_at_once_and_no_more()
    {
        const int batches = 2 * TokenMaker.MaxBatchesInFlight;
        var (underWay, most) = (0, 0);
        var isFull = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _holder.Answer = async (honest, cancellationToken) =>
        {
            lock (isFull)
            {
                underWay++;
                most = Math.Max(most, underWay);
                if (underWay == TokenMaker.MaxBatchesInFlight)
                {
                    isFull.TrySetResult();
                }
            }

            // Nobody is answered before as many wait as are allowed: a maker that asks one by one would hang here.
            await isFull.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            lock (isFull)
            {
                underWay--;
            }

            return honest;
        };

        await new TokenMaker(_holder).MakeAsync(_commitment, Phones(batches * Limits.MaxEvaluateBatch), Cancelled);

        Assert.Equal(TokenMaker.MaxBatchesInFlight, most);
    }

    [Fact]
    public async Task The_caller_s_thread_does_none_of_the_work()
    {
        var isOnPool = false;
        _holder.Answer = (honest, _) =>
        {
            isOnPool = Thread.CurrentThread.IsThreadPoolThread;
            return Task.FromResult(honest);
        };
        Task making = Task.CompletedTask;
        var (maker, cancellationToken) = (new TokenMaker(_holder), Cancelled);
        var caller = new Thread(() => making = maker.MakeAsync(_commitment, Phones(1), cancellationToken));
        caller.Start();
        caller.Join();
        await making;
        Assert.True(isOnPool);
    }

    [Fact]
    public async Task A_result_prints_as_its_tokens_short_form()
    {
        var made = await new TokenMaker(_holder).MakeAsync(_commitment, Phones(1), Cancelled);
        Assert.Equal(made[0].Token.ToString(), made[0].ToString());
        Assert.Equal("token:".Length + 8, made[0].ToString().Length);
    }

    public void Dispose() => _key.Dispose();

    private static Identifier[] Phones(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"+1212555{i:0000}"))
                .Select(text => new Identifier(IndicatorType.PhoneE164, Encoding.UTF8.GetBytes(text))),
        ];

    private string ExpectedElement(Identifier identifier)
    {
        var input = new byte[TokenDerivation.InputSize(identifier)];
        var (point, element) = (new byte[32], new byte[32]);
        TokenDerivation.WriteInput(identifier, input);
        OprfContext.Voprf.HashToGroup(input, point);
        _key.EvaluateWithoutProof(point, element);
        return Convert.ToHexString(element);
    }
}

"""The work of the benchmark command line, done by the Python package sbi.

Each command prints one line of JSON with the keys of the Java command of the same name:

    python peer.py simulate --task two_moons --simulations 10000 --seed 1 --out sims.csv
    python peer.py sbibm --task two_moons --simulations 10000 --observation 1 --data DIR
        [--simulations-file sims.csv] [--holdout-file holdout.csv] [--trace]
    python peer.py speed --what train-maf
    python peer.py workers --simulations 2000 --workers 2 --milliseconds 1

What is compared, and how:

* A simulations file has a header and one row per simulation, the D parameters first and then the L
  observation values. Both sides can train on the same rows and be judged on the same held-out rows.
* log-probabilities are natural logs of densities over the original, unscaled parameters, averaged over
  rows. sbi's own "validation loss" is in that space too: the z-scoring of the parameters is a layer of its
  networks and its Jacobian is counted (`check_space` verifies it on every run). It is the density before
  truncation to the prior's box; `holdout_log_acceptance` is the mean log of the mass inside the box,
  so holdout_log_prob - holdout_log_acceptance is the score of the density that sbi samples from.
* A training step is one turn of sbi's own loop: the loader collates 200 rows, forward, backward, clipping, Adam.
  It is timed from the end of one optimizer step to the end of the next.
* cpu seconds (cpu_ms in `speed`) are the processor time of the process, all its threads together: what work costs
  where other programs compete for the processors.
* total seconds are simulate + train + sample; scoring is not counted, in the trace neither.
"""

import argparse
import contextlib
import csv
import gzip
import json
import math
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")

import numpy as np
import torch
from torch import Tensor
from torch.distributions import MultivariateNormal

# --------------------------------------------------------------------------------------------------- tasks


def gaussian_linear(theta: Tensor) -> Tensor:
    return theta + math.sqrt(0.1) * torch.randn_like(theta)


def two_moons(theta: Tensor) -> Tensor:
    n = theta.shape[0]
    angle = math.pi * (torch.rand(n) - 0.5)
    radius = 0.1 + 0.01 * torch.randn(n)
    first = radius * torch.cos(angle) + 0.25 - torch.abs(theta[:, 0] + theta[:, 1]) / math.sqrt(2)
    second = radius * torch.sin(angle) + (theta[:, 1] - theta[:, 0]) / math.sqrt(2)
    return torch.stack([first, second], dim=1)


def slcp(theta: Tensor) -> Tensor:
    n = theta.shape[0]
    s1, s2, rho = theta[:, 2] ** 2, theta[:, 3] ** 2, torch.tanh(theta[:, 4])
    covariance = torch.empty(n, 2, 2)
    covariance[:, 0, 0] = s1**2 + 1e-6
    covariance[:, 1, 1] = s2**2 + 1e-6
    covariance[:, 0, 1] = covariance[:, 1, 0] = rho * s1 * s2
    points = MultivariateNormal(theta[:, :2], covariance).sample((4,))  # 4 x N x 2
    return points.permute(1, 0, 2).reshape(n, 8)


def task(name: str):
    """The prior and the simulator of a task."""
    from sbi.utils import BoxUniform

    if name == "gaussian_linear":
        return MultivariateNormal(torch.zeros(10), 0.1 * torch.eye(10)), gaussian_linear
    if name == "gaussian_linear_uniform":
        return BoxUniform(-torch.ones(10), torch.ones(10)), gaussian_linear
    if name == "two_moons":
        return BoxUniform(-torch.ones(2), torch.ones(2)), two_moons
    return BoxUniform(-3 * torch.ones(5), 3 * torch.ones(5)), slcp


TASKS = ["two_moons", "gaussian_linear", "gaussian_linear_uniform", "slcp"]

# ----------------------------------------------------------------------------------------------------- csv


def read_csv(path: str) -> Tensor:
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt") as file:
        rows = list(csv.reader(file))[1:]
    return torch.tensor([[float(cell) for cell in row] for row in rows])


def write_csv(path: str, header, values: Tensor) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(values.tolist())


def split(table: Tensor, dimension: int):
    return table[:, :dimension].contiguous(), table[:, dimension:].contiguous()


def names(prefix: str, count: int):
    return [f"{prefix}_{i + 1}" for i in range(count)]


# ------------------------------------------------------------------------------------------------ training


def timed_npe(prior, estimator: str, holdout=None, time_limit=None):
    """sbi's NPE that also notes the seconds and the scores of each epoch; nothing else is changed."""
    from sbi.inference import NPE
    from torch.utils.tensorboard.writer import SummaryWriter

    class TimedNPE(NPE):
        def __init__(self):
            # sbi writes a TensorBoard log, by default below the working directory
            log = SummaryWriter(tempfile.mkdtemp(prefix="sbi-logs-"))
            super().__init__(
                prior, density_estimator=estimator, show_progress_bars=False, summary_writer=log
            )
            self.trace = []
            self.scoring = 0.0
            self.cpu_scoring = 0.0
            self.started = None

        def train_seconds(self):
            return time.perf_counter() - self.started - self.scoring

        def _run_training_loop(self, *args, **kwargs):
            self.started = self.started or time.perf_counter()
            return super()._run_training_loop(*args, **kwargs)

        def _summarize_epoch(self, train_loss, val_loss, *args):
            super()._summarize_epoch(train_loss, val_loss, *args)
            seconds = self.train_seconds()
            begin, cpu_begin = time.perf_counter(), time.process_time()
            score = mean_log_prob(self._neural_net, *holdout) if holdout else None
            self.trace.append([round(seconds, 3), -val_loss, score])
            self.scoring += time.perf_counter() - begin
            self.cpu_scoring += time.process_time() - cpu_begin

        def _converged(self, epoch, stop_after_epochs):
            if super()._converged(epoch, stop_after_epochs):
                return True
            if time_limit is not None and epoch > 0 and self.train_seconds() > time_limit:
                self._neural_net.load_state_dict(self._best_model_state_dict)
                return True
            return False

    return TimedNPE()


def mean_log_prob(net, theta: Tensor, x: Tensor) -> float:
    with torch.no_grad():
        return net.log_prob(theta.unsqueeze(0), condition=x).mean().item()


def check_space(trainer, net) -> None:
    """Asserts that sbi's best validation loss is minus the mean log-density of the original parameters."""
    theta, x, _ = trainer.get_simulations(0)
    rows = trainer.val_indices
    used = len(rows) // min(200, len(rows)) * min(200, len(rows))
    if used == len(rows):  # sbi drops the last, smaller batch, and its rows vary
        expected = mean_log_prob(net, theta[rows], x[rows])
        reported = -trainer.summary["best_validation_loss"][-1]
        assert abs(expected - reported) < 1e-3 * (1 + abs(expected)), (expected, reported)


def log_acceptance(net, prior, x: Tensor, rows: int = 100, draws: int = 1000) -> float:
    """The mean over observations of the log of the mass that the network puts inside the prior's support."""
    x = x[:rows]
    with torch.no_grad():
        theta = net.sample((draws,), condition=x)  # draws x rows x D
    inside = prior.support.check(theta).float().mean(0)
    return inside.clamp(min=1.0 / draws).log().mean().item()


# ------------------------------------------------------------------------------------------------- commands


def c2st(reference: Tensor, samples: Tensor) -> float:
    """The classifier two-sample test of sbibm: an MLP on z-scored samples, five folds."""
    from sklearn.model_selection import KFold, cross_val_score
    from sklearn.neural_network import MLPClassifier

    mean, sd = reference.mean(0), reference.std(0)
    data = torch.cat([(reference - mean) / sd, (samples - mean) / sd]).numpy()
    labels = np.concatenate([np.zeros(len(reference)), np.ones(len(samples))])
    width = 10 * reference.shape[1]
    classifier = MLPClassifier(
        hidden_layer_sizes=(width, width), max_iter=10_000, solver="adam", random_state=1
    )
    folds = KFold(n_splits=5, shuffle=True, random_state=1)
    return float(cross_val_score(classifier, data, labels, cv=folds, scoring="accuracy").mean())


def run_simulate(args):
    torch.manual_seed(args.seed)
    prior, simulator = task(args.task)
    theta = prior.sample((args.simulations,))
    x = simulator(theta)
    header = names("parameter", theta.shape[1]) + names("data", x.shape[1])
    write_csv(args.out, header, torch.cat([theta, x], dim=1))
    return {"task": args.task, "simulations": args.simulations, "seed": args.seed, "out": args.out}


class Sleeper:
    """A simulator of a given time."""

    def __init__(self, milliseconds):
        self.seconds = milliseconds / 1000

    def __call__(self, theta):
        if self.seconds:
            time.sleep(self.seconds)
        return theta


def run_workers(args):
    """Both ways to call it: the second time, its workers are there already."""
    from sbi.inference import simulate_for_sbi
    from sbi.utils import BoxUniform
    from sbi.utils.user_input_checks import process_simulator

    prior = BoxUniform(torch.zeros(2), torch.ones(2))
    simulator = process_simulator(Sleeper(args.milliseconds), prior, False)
    seconds = []
    for _ in range(args.repeats):
        start = time.perf_counter()
        simulate_for_sbi(
            simulator, prior, args.simulations, num_workers=args.workers, seed=args.seed, show_progress_bar=False
        )
        seconds.append(time.perf_counter() - start)
    return {
        "workers": args.workers,
        "milliseconds": args.milliseconds,
        "simulations": args.simulations,
        "seconds": seconds,
        "rows_per_second": args.simulations / min(seconds),
    }


def run_sbibm(args):
    torch.manual_seed(args.seed)
    prior, simulator = task(args.task)
    dimension = prior.event_shape[0]
    begin = time.perf_counter()
    if args.simulations_file:
        theta, x = split(read_csv(args.simulations_file)[: args.simulations], dimension)
        if len(theta) < args.simulations:
            sys.exit(f"{args.simulations_file} has {len(theta)} rows, expected {args.simulations}")
    else:
        theta = prior.sample((args.simulations,))
        x = simulator(theta)
    simulated = time.perf_counter()

    holdout = split(read_csv(args.holdout_file), dimension) if args.holdout_file else None
    trainer = timed_npe(prior, args.estimator, holdout, args.time_limit)
    train_begin, cpu_begin = time.perf_counter(), time.process_time()
    trainer.append_simulations(theta, x)
    net = trainer.train()
    seconds_train = time.perf_counter() - train_begin - trainer.scoring
    cpu_seconds_train = time.process_time() - cpu_begin - trainer.cpu_scoring
    check_space(trainer, net)
    posterior = trainer.build_posterior(net)

    observed = read_csv(args.observation_file or f"{args.data}/{args.task}/observation_{args.observation}.csv")
    sample_begin = time.perf_counter()
    samples = posterior.sample((args.samples,), x=observed, show_progress_bars=False)
    seconds_sample = time.perf_counter() - sample_begin
    if args.samples_out:
        write_csv(args.samples_out, names("parameter", dimension), samples)

    result = {
        "library": "sbi",
        "task": args.task,
        "algorithm": "npe",
        "estimator": args.estimator,
        "simulations": args.simulations,
        "observation": args.observation,
        "seed": args.seed,
        "threads": args.threads,
        "device": "cpu",
        "c2st": None,
        "seconds_simulate": simulated - begin,
        "seconds_train": seconds_train,
        "seconds_sample": seconds_sample,
        "seconds_total": simulated - begin + seconds_train + seconds_sample,
        "cpu_seconds_train": cpu_seconds_train,
        "epochs": trainer.summary["epochs_trained"][-1],
        "best_epoch": int(np.argmax([row[1] for row in trainer.trace])) + 1,
        "acceptance": math.exp(log_acceptance(net, prior, observed, draws=10_000)),
        "validation_log_prob": -trainer.summary["best_validation_loss"][-1],
    }
    if holdout:
        result["holdout_log_prob"] = mean_log_prob(net, *holdout)
        result["holdout_log_acceptance"] = log_acceptance(net, prior, holdout[1])
    if args.trace:
        result["trace"] = trainer.trace
    if args.data and not args.no_c2st:
        reference = read_csv(f"{args.data}/{args.task}/reference_{args.observation}.csv.gz")
        result["c2st"] = c2st(reference, samples)
    return result


def spread(milliseconds, cpu_ms: float) -> dict:
    values = np.array(milliseconds)
    return {
        "count": len(values),
        "median_ms": float(np.median(values)),
        "min_ms": float(values.min()),
        "q25_ms": float(np.quantile(values, 0.25)),
        "q75_ms": float(np.quantile(values, 0.75)),
        "cpu_ms": cpu_ms,
    }


def repeat(action, times: int) -> dict:
    action()
    result = []
    cpu_begin = time.process_time()
    for _ in range(times):
        begin = time.perf_counter()
        action()
        result.append((time.perf_counter() - begin) * 1e3)
    return spread(result, (time.process_time() - cpu_begin) * 1e3 / times)


# The observations that both sides of a comparison take.
OBSERVED = {"two_moons": [0.0, 0.0], "slcp": [1.4, -3.2, -0.4, -2.4, 0.9, -2.1, 1.1, -3.9]}


def run_chains(args, name: str):
    """10 000 draws of sbi's default sampler from a likelihood learned from 1 000 simulations, warm-up included."""
    import arviz
    from sbi.inference import NLE

    torch.manual_seed(args.seed)
    prior, simulator = task(name)
    theta = prior.sample((1_000,))
    trainer = NLE(prior, density_estimator="maf", show_progress_bars=False)
    trainer.append_simulations(theta, simulator(theta)).train()
    posterior = trainer.build_posterior()
    observed = torch.tensor([OBSERVED[name]])
    draw = lambda: posterior.sample((10_000,), x=observed, show_progress_bars=False)
    times = repeat(draw, args.repeats)
    # in unconstrained space, whose ranks are those of the parameters; without the warm-up before the draws
    chains = np.asarray(posterior.posterior_sampler.get_samples(None, group_by_chain=True))
    chains = arviz.convert_to_dataset({"theta": chains[:, -(10_000 // len(chains)) :]})
    bulk = arviz.ess(chains, method="bulk").to_array().to_numpy()
    r_hat = arviz.rhat(chains).to_array().to_numpy()
    result = {"library": "sbi", "what": args.what, "threads": args.threads, "device": "cpu", "draws": 10_000}
    result |= {"chains": chains.sizes["chain"], "kept": chains.sizes["draw"]}
    return result | {"ess_bulk_min": float(bulk.min()), "r_hat_max": float(r_hat.max())} | times


def run_speed(args):
    """Speed at D = 10, L = 10: 10 000 simulations of gaussian_linear, so 45 steps of 200 rows per epoch."""
    from torch.optim.optimizer import register_optimizer_step_post_hook

    kind, estimator = args.what.split("-")
    if kind == "chains":
        return run_chains(args, estimator)
    torch.manual_seed(args.seed)
    prior, simulator = task("gaussian_linear")
    theta = prior.sample((10_000,))
    x = simulator(theta)
    trainer = timed_npe(prior, estimator)
    trainer.append_simulations(theta, x)

    steps = []
    ends = {"epoch": -1, "time": 0.0, "cpu": 0.0}

    def note(optimizer, a, b):
        now = time.perf_counter()
        if ends["epoch"] == trainer.epoch and trainer.epoch > 0:  # the first epoch warms up
            steps.append((now - ends["time"]) * 1e3)
        if trainer.epoch == 0:
            ends["cpu"] = time.process_time()
        ends["epoch"], ends["time"] = trainer.epoch, now

    register_optimizer_step_post_hook(note)
    epochs = args.epochs if kind == "train" else 2
    # sbi counts from zero and runs one epoch more than it is told
    net = trainer.train(max_num_epochs=epochs - 1)
    cpu_seconds = time.process_time() - ends["cpu"]
    result = {"library": "sbi", "what": args.what, "threads": args.threads, "device": "cpu"}
    result |= {"parameters": 10, "observations": 10, "weights": sum(p.numel() for p in net.parameters())}
    if kind == "train":
        durations = trainer.summary["epoch_durations_sec"]
        result |= {"batch": 200} | spread(steps, cpu_seconds * 1e3 / (45 * (len(durations) - 1)))
        # whole epochs, validation included, over the steps in them
        result["epoch_ms_per_step"] = float(np.median(durations[1:])) * 1e3 / 45
        return result
    posterior = trainer.build_posterior(net)
    observed = x[:1]
    draw = lambda: posterior.sample((10_000,), x=observed, show_progress_bars=False)
    if kind == "sample":
        return result | {"draws": 10_000} | repeat(draw, args.repeats)
    samples = draw()
    # without the correction for leakage, which draws 10 000 samples more
    score = lambda: posterior.log_prob(samples, x=observed, norm_posterior=False)
    return result | {"rows": 10_000} | repeat(score, args.repeats)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)

    simulate = commands.add_parser("simulate", help="writes simulations of a task to a CSV file")
    simulate.add_argument("--task", choices=TASKS, required=True)
    simulate.add_argument("--simulations", type=int, required=True)
    simulate.add_argument("--seed", type=int, default=1)
    simulate.add_argument("--threads", type=int, default=1)
    simulate.add_argument("--out", required=True)
    simulate.set_defaults(run=run_simulate)

    sbibm = commands.add_parser("sbibm", help="runs one cell")
    sbibm.add_argument("--task", choices=TASKS, required=True)
    sbibm.add_argument("--algorithm", choices=["npe"], default="npe")
    sbibm.add_argument("--estimator", choices=["maf", "nsf", "mdn"], default="maf")
    sbibm.add_argument("--simulations", type=int, required=True)
    sbibm.add_argument("--observation", type=int, default=1)
    sbibm.add_argument("--data", help="directory of the tasks' observations and reference samples")
    sbibm.add_argument("--observation-file")
    sbibm.add_argument("--simulations-file", help="train on the first rows of this file")
    sbibm.add_argument("--holdout-file", help="rows to score with the mean log q(theta | x)")
    sbibm.add_argument("--samples", type=int, default=10_000)
    sbibm.add_argument("--samples-out")
    sbibm.add_argument("--no-c2st", action="store_true", help="do not compare with the reference samples")
    sbibm.add_argument("--time-limit", type=float, help="stop training after so many seconds")
    sbibm.add_argument("--trace", action="store_true", help="print [seconds, validation, held-out] of each epoch")
    sbibm.add_argument("--seed", type=int, default=1)
    sbibm.add_argument("--threads", type=int, default=1)
    sbibm.set_defaults(run=run_sbibm)

    speed = commands.add_parser("speed", help="times one kind of work")
    kinds = [f"{kind}-{net}" for kind in ("train", "sample", "logprob") for net in ("maf", "nsf", "mdn")]
    kinds += [f"chains-{name}" for name in OBSERVED]
    speed.add_argument("--what", choices=kinds, required=True)
    speed.add_argument("--epochs", type=int, default=6, help="epochs of 45 steps to time, the first as warm-up")
    speed.add_argument("--repeats", type=int, default=20)
    speed.add_argument("--seed", type=int, default=1)
    speed.add_argument("--threads", type=int, default=1)
    speed.set_defaults(run=run_speed)

    workers = commands.add_parser("workers", help="simulates in processes by a function of a given time")
    workers.add_argument("--simulations", type=int, default=2000)
    workers.add_argument("--workers", type=int, default=2)
    workers.add_argument("--milliseconds", type=float, default=1)
    workers.add_argument("--repeats", type=int, default=3)
    workers.add_argument("--seed", type=int, default=1)
    workers.add_argument("--threads", type=int, default=1)
    workers.set_defaults(run=run_workers)

    args = parser.parse_args()
    if args.command == "sbibm" and not args.data and not args.observation_file:
        parser.error("sbibm needs --data or --observation-file")
    torch.set_num_threads(args.threads)
    with contextlib.redirect_stdout(sys.stderr):  # sbi prints
        result = args.run(args)
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()

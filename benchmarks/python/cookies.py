"""The work of the command cookies, done by Pyro and PyTorch.

    python cookies.py --counts cookie_chips.csv [--model hierarchical] [--draws 2000] [--repeats 1]

A categorical network of 2 layers of 100, as sbi's mixed estimator has it, is trained on 50 000 simulated pairs of a
rate and a count, and stands as the likelihood in three Pyro models, which NUTS draws from in one chain and one thread.
Prints one line of JSON for each run, with the keys of the Java command. cpu_seconds are the processor time of
the process: what work costs where other programs compete for the processors. Times include the warm-up.
"""

import argparse
import csv
import functools
import json
import time
import warnings

warnings.filterwarnings("ignore")

import arviz
import numpy as np
import pyro
import pyro.distributions as dist
import torch
from pyro.infer import MCMC, NUTS
from torch import nn


def learned(network, scale, rate):
    """P(count | rate) of a trained network as a Pyro distribution."""
    return dist.Categorical(logits=network(((rate - scale[0]) / scale[1]).unsqueeze(-1)))


def train(simulations, seed):
    """Maximum likelihood with early stopping, with the settings of sbi."""
    torch.manual_seed(seed)
    rate = torch.distributions.Gamma(2.0, 0.2).sample((simulations,))
    count = torch.poisson(rate).long()
    scale = (rate.mean(), rate.std())
    network = nn.Sequential(
        nn.Linear(1, 100), nn.ReLU(), nn.Linear(100, 100), nn.ReLU(), nn.Linear(100, int(count.max()) + 1)
    )
    optimizer = torch.optim.Adam(network.parameters(), lr=5e-4)
    x = ((rate - scale[0]) / scale[1]).unsqueeze(-1)
    held = simulations // 10
    best, patience, state = np.inf, 0, None
    while patience < 20:
        for part in torch.randperm(simulations - held).split(200):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(x[held + part]), count[held + part]).backward()
            optimizer.step()
        with torch.no_grad():
            loss = nn.functional.cross_entropy(network(x[:held]), count[:held]).item()
        patience = 0 if loss < best else patience + 1
        if loss < best:
            best, state = loss, {k: v.clone() for k, v in network.state_dict().items()}
    network.load_state_dict(state)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    return network, scale


def model(kind, counts, location, likelihood):
    groups = int(location.max()) + 1
    if kind == "pooled":
        rate = pyro.sample("lam", dist.Gamma(2.0, 0.2)).expand(counts.shape)
    else:
        if kind == "hierarchical":
            mu = pyro.sample("mu", dist.Gamma(2.0, 0.2))
            sigma = pyro.sample("sigma", dist.Exponential(1.0))
            prior = dist.Gamma(mu**2 / sigma**2, mu / sigma**2)
        else:
            prior = dist.Gamma(2.0, 0.2)
        with pyro.plate("location", groups):
            lam = pyro.sample("lam", prior)
        rate = lam[location]
    with pyro.plate("cookie", len(counts)):
        pyro.sample("chips", likelihood(rate), obs=counts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--counts", required=True)
    parser.add_argument("--model", default="pooled,unpooled,hierarchical")
    parser.add_argument("--simulations", type=int, default=50_000)
    parser.add_argument("--poisson", action="store_true")
    parser.add_argument("--warm-up", type=int, default=1_000)
    parser.add_argument("--draws", type=int, default=2_000)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    with open(options.counts) as file:
        rows = [(float(row["chips"]), int(row["location"]) - 1) for row in csv.DictReader(file)]
    counts = torch.tensor([row[0] for row in rows])
    location = torch.tensor([row[1] for row in rows])
    if options.poisson:
        likelihood = dist.Poisson
    else:
        network, scale = train(options.simulations, options.seed)
        likelihood = functools.partial(learned, network, scale)
    for kind in options.model.split(","):
        for repeat in range(options.repeats):
            pyro.set_rng_seed(options.seed + repeat)
            mcmc = MCMC(
                NUTS(model, target_accept_prob=0.9, jit_compile=False),
                num_samples=options.draws,
                warmup_steps=options.warm_up,
                disable_progbar=True,
            )
            start, cpu = time.perf_counter(), time.process_time()
            mcmc.run(kind, counts, location, likelihood)
            seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
            draws = {k: v.numpy() for k, v in mcmc.get_samples(group_by_chain=True).items()}
            names = [name for name in ("mu", "sigma", "lam") if name in draws]
            table = np.concatenate([draws[n].reshape(1, options.draws, -1) for n in names], axis=2)
            ess = min(float(arviz.ess(table[:, :, d], method="bulk")) for d in range(table.shape[2]))
            line = {
                "model": kind,
                "likelihood": "poisson" if options.poisson else "learned",
                "repeat": repeat,
                "chains": 1,
                "iterations": options.warm_up + options.draws,
                "seconds": seconds,
                "cpu_seconds": cpu_seconds,
                "ess_bulk_min": ess,
                "ess_per_second": ess / seconds,
                "ess_per_cpu_second": ess / cpu_seconds,
                "iterations_per_second": (options.warm_up + options.draws) / seconds,
                "means": table[0].mean(0).tolist(),
                "sds": table[0].std(0, ddof=1).tolist(),
            }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()

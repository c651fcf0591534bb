"""The training step of a masked autoregressive flow compiled by XLA, for comparison with `speed --what train-maf-relu`.

Ten parameters, ten observation values, five transforms with two hidden layers of 50 rectified units, batch 200, Adam; one
thread if the process is bound to one processor. Prints one line of JSON: the time of a step, the median over epochs.

    pip install -r requirements-xla.txt
    taskset -c 0 python xla.py
"""

import argparse
import json
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

WIDTH, CONTEXT, UNITS, TRANSFORMS, BATCH, ROWS = 10, 10, 50, 5, 200, 10_000


def masks():
    degree = np.arange(UNITS) % (WIDTH - 1) + 1
    rank = np.arange(1, WIDTH + 1)
    first = np.ones((UNITS, WIDTH + CONTEXT), np.float32)
    first[:, :WIDTH] = degree[:, None] >= rank
    second = (degree[:, None] >= degree).astype(np.float32)
    last = np.tile((rank[:, None] > degree).astype(np.float32), (2, 1))
    return first, second, last


def initial(key):
    shapes = [(UNITS, WIDTH + CONTEXT), (UNITS, UNITS), (2 * WIDTH, UNITS)]
    weights = []
    for _ in range(TRANSFORMS):
        layers = []
        for out, into in shapes:
            key, used = jax.random.split(key)
            layers.append((jax.random.normal(used, (out, into)) / into**0.5, jnp.zeros(out)))
        weights.append(layers)
    return weights


def loss(weights, theta, x, masked):
    u, log_determinant = theta, 0.0
    for layers in weights:
        h = jnp.concatenate([u, x], axis=1)
        for i, ((w, b), mask) in enumerate(zip(layers, masked)):
            h = h @ (w * mask).T + b
            h = jax.nn.relu(h) if i < 2 else h
        shift, log_scale = h[:, :WIDTH], h[:, WIDTH:]
        u = (u * jnp.exp(log_scale) + shift)[:, ::-1]
        log_determinant += log_scale.sum(axis=1)
    return (0.5 * (u**2).sum(axis=1) - log_determinant).mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=40, help="epochs that are measured")
    repeats = parser.parse_args().repeats
    masked = masks()
    optimizer = optax.adam(5e-4)

    @jax.jit
    def step(weights, state, theta, x):
        value, gradient = jax.value_and_grad(loss)(weights, theta, x, masked)
        updates, state = optimizer.update(gradient, state)
        return optax.apply_updates(weights, updates), state, value

    random = np.random.default_rng(0)
    theta = random.standard_normal((ROWS, WIDTH)).astype(np.float32)
    x = theta + random.standard_normal((ROWS, CONTEXT)).astype(np.float32)
    weights = initial(jax.random.PRNGKey(0))
    state = optimizer.init(weights)
    steps = ROWS // BATCH
    times = []
    for _ in range(5 + repeats):
        order = random.permutation(ROWS)
        begin = time.perf_counter()
        for i in range(steps):
            rows = order[i * BATCH : (i + 1) * BATCH]
            weights, state, value = step(weights, state, theta[rows], x[rows])
        value.block_until_ready()
        times.append(1000 * (time.perf_counter() - begin) / steps)
    times = np.array(times[5:])
    line = {"what": "train-maf-relu", "jax": jax.__version__, "batch": BATCH, "count": len(times)}
    line |= {"median_ms": float(np.median(times)), "min_ms": float(times.min())}
    print(json.dumps(line))


if __name__ == "__main__":
    main()

"""A Hodgkin-Huxley neuron in Brian2, as a simulator for sbi4j.

Needs one command: pip install brian2 "numpy<2.4". Where there is a C compiler, Brian2 compiles the
model when it runs first, for a minute or so, and keeps it; otherwise it takes ten times as long.

Parameters: g_Na and g_K in mS/cm^2, E_L in mV. Observed: what SUMMARIES names, of one recording.
"""

import brian2 as b2
import numpy as np
from sbi4j_worker import serve

SUMMARIES = ["spike_count", "rest_mean", "rest_sd", "step_mean", "step_sd", "latency", "spike_width"]
ONSET, OFFSET, END = 20, 100, 120  # of the current, and of the recording, in ms
STEP = 0.05  # ms

b2.defaultclock.dt = STEP * b2.ms

# M. Pospischil et al., Minimal Hodgkin-Huxley type models for different classes of cortical and
# thalamic neurons, Biological Cybernetics 99 (2008) 427-441, for C = 1 uF/cm^2; without units, in
# mV, ms, mS/cm^2 and uA/cm^2, per ms. The noise is a white current.
EQUATIONS = """
    dv/dt = (-0.1*(v - E_L) - g_Na*m**3*h*(v - 53) - g_K*n**4*(v + 107) + current)/ms
            + noise*ms**-0.5*xi : 1
    dm/dt = (a_m*(1 - m) - b_m*m)/ms : 1
    dh/dt = (a_h*(1 - h) - b_h*h)/ms : 1
    dn/dt = (a_n*(1 - n) - b_n*n)/ms : 1
    u = v + 60 : 1
    a_m = 0.32*4/exprel((13 - u)/4) : 1
    b_m = 0.28*5/exprel((u - 40)/5) : 1
    a_h = 0.128*exp((17 - u)/18) : 1
    b_h = 4/(1 + exp((40 - u)/5)) : 1
    a_n = 0.032*5/exprel((15 - u)/5) : 1
    b_n = 0.5*exp((10 - u)/40) : 1
    current = 4*int(t >= 20*ms and t < 100*ms) : 1
    g_Na : 1
    g_K : 1
    E_L : 1
    noise : 1
"""

neuron = b2.NeuronGroup(1, EQUATIONS, method="heun")
monitor = b2.StateMonitor(neuron, "v", record=True)
network = b2.Network(neuron, monitor)
network.store()


def record(parameters, seed):
    """The potential in mV at each time step."""
    network.restore()
    b2.seed(seed % 2**32)
    neuron.g_Na, neuron.g_K, neuron.E_L = parameters
    neuron.noise = 0.5
    neuron.v = neuron.E_L
    neuron.m = "a_m/(a_m + b_m)"
    neuron.h = "a_h/(a_h + b_h)"
    neuron.n = "a_n/(a_n + b_n)"
    network.run(END * b2.ms)
    return np.array(monitor.v[0])


def summarise(v):
    time = np.arange(len(v)) * STEP
    rest = v[(time >= ONSET / 2) & (time < ONSET)]
    step = v[(time >= ONSET) & (time < OFFSET)]
    above = step > -20
    rises = np.flatnonzero(~above[:-1] & above[1:])
    count = len(rises)
    return [
        count,
        rest.mean(),
        rest.std(),
        step.mean(),
        step.std(),
        rises[0] * STEP if count else OFFSET - ONSET,
        above.sum() * STEP / count if count else 0,
    ]


if __name__ == "__main__":
    record([50, 5, -70], 0)  # compiles, before the time of a simulation counts
    serve(lambda parameters, seed: summarise(record(parameters, seed)), SUMMARIES)

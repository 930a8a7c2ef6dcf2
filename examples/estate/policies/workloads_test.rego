package user.shop.workloads_test

import rego.v1

import data.user.shop.workloads

deployment(labels) := {"kind": "Deployment", "metadata": {"name": "web", "labels": labels}}

test_owner_is_missing if count(workloads.deny_owner) == 1 with input as deployment({"app": "web"})

test_owner_is_named if count(workloads.deny_owner) == 0 with input as deployment({"shop.example.com/owner": "shop"})

test_service_stays_down if count(workloads.deny_restart) == 1 with input as {"services": {"db": {"image": "db"}}}

test_service_comes_back if count(workloads.deny_restart) == 0 with input as {"services": {"db": {"restart": "always"}}}

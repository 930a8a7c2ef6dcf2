from pathlib import Path
from tests.register.build import *
def test_active(tmp_path):
    y=Yard(tmp_path/'y'); y.active(); assert excepts(y.gate()); assert y.status()=='active'
def test_pending(tmp_path):
    y=Yard(tmp_path/'y'); y.ask(); assert not excepts(y.gate())
def test_parallel_terms(tmp_path):
    y=Yard(tmp_path/'y'); r=y.ask()
    y.decide()
    y.checkout('evil', start=r)
    e=y.edit('checks: [KSV012]','checks: [KSV012, KSV001]')
    y.git('merge','--quiet','--no-edit','-s','ours',BRANCH)
    y.checkout('main'); y.git('merge','--quiet','--ff-only','evil')
    print(y.git('log','--graph','--oneline','--topo-order'))
    print(y.status())
    assert y.status()!='active'
import os, subprocess
import pytest
def test_head_branch(tmp_path):
    y=Yard(tmp_path/'y'); 
    c=y.clone()
    y.checkout('evil', start='main')
    e=y.commit({RECORD: record_file()}, who=SAM)
    y.decide(who=SAM)
    y.git('update-ref','refs/heads/HEAD','evil')
    y.checkout('main')
    for i in range(3):
        r=gate(c,'--fetch'); print(r.code, r.out[:300], r.err)
        print(git(c,'for-each-ref'))

@pytest.mark.parametrize('n',[200,240])
def test_deep(tmp_path,n):
    y=Yard(tmp_path/'y'); y.active()
    y.checkout('exception/EXC-002', start='main')
    y.commit({RECORD.replace('1-','2-'): "---\nid: "+"["*n+"]"*n+"\n---\n"})
    y.checkout('main')
    print(y.gate().code)
def test_dupdeep(tmp_path):
    y=Yard(tmp_path/'y'); y.active()
    y.checkout('exception/EXC-002', start='main')
    n=240
    y.commit({RECORD.replace('1-','2-'): "---\nid: "+"["*n+"]"*n+"\nid: 1\n---\n"})
    y.checkout('main')
    print(y.gate().code)
def test_bigid(tmp_path):
    y=Yard(tmp_path/'y'); y.active()
    y.checkout('exception/EXC-002', start='main')
    y.commit(None, "x\n\nReprieve-Exception: EXC-"+"9"*5000+"\n")
    y.checkout('main')
    print(y.gate().code)
def test_bigdate(tmp_path):
    y=Yard(tmp_path/'y'); y.active()
    y.checkout('exception/EXC-002', start='main')
    y.write({RECORD.replace('1-','2-'): record_file(id='EXC-002')})
    y.git('add','--all')
    y.git('commit','-q','-m','x', GIT_COMMITTER_DATE='@99999999999999 +0000')
    y.checkout('main')
    print(y.gate().code)
@pytest.mark.parametrize('line',[b'committer x <x@y>', b'committer x <x@y> 99999999999999999999999 +0000', b'committer', b'committer x <x@y> -5 +0000'])
def test_badcommitter(tmp_path,line):
    y=Yard(tmp_path/'y'); y.active()
    y.ask('EXC-002')
    raw=subprocess.run(['git','cat-file','commit','HEAD'],cwd=y.directory,capture_output=True).stdout
    import re
    raw=re.sub(rb'^committer .*$', line, raw, flags=re.M)
    oid=subprocess.run(['git','hash-object','-t','commit','-w','--stdin','--literally'],cwd=y.directory,input=raw,capture_output=True).stdout.decode().strip()
    y.git('update-ref','refs/heads/exception/EXC-002',oid)
    y.checkout('main')
    print(y.git('log','-1','--format=%ct',oid))
    print(y.gate().code)
def test_utf7(tmp_path):
    y=Yard(tmp_path/'y'); y.active()
    y.ask('EXC-002')
    y.git('-c','i18n.commitEncoding=UTF-7','commit','--allow-empty','-m','x+AAA-y+AAo-z')
    y.checkout('main')
    print(y.gate().code)
def test_embedded(tmp_path):
    y=Yard(tmp_path/'y');
    app=tmp_path/'app'; 
    c=y.clone('appclone')
    evil=Yard(tmp_path/'evil'); evil.active()
    subprocess.run(['git','clone','-q','--bare',str(evil.directory),str(c/'deploy')])
    git(c/'deploy','remote','remove','origin')
    r=gate(c/'deploy'); print(r.code,r.out[:300],r.err)
